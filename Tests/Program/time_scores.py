"""How well dates and times are found and worked out, on texts with a reference date beside the repository.

A text's reference date is given as the article's day of publication. The corpus ends a range where its last word begins, with its
last day, or with the day after; a record tells all three: `value` names the ends, `from` and `to` are the interval.
"""

import json
import re
from datetime import date, timedelta

from language_scores import DATA, TOOLS, lines, records, scorer

CORPUS = DATA / "timex" / "timex_dev.jsonl"
SUBSETS = {"news": "news", "core": "dates, durations and times of day"}
FIGURES = {"overlap_recall": "found", "exact_recall": "found exactly", "value_acc": "right value", "spurious_per_100": "spurious in 100 texts"}


def first_day(value):
    """The first day that a value names: of `2014-05` the 1st of May; `None` where it names no year."""
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return f"{match[1]}-{3 * int(match[2]) - 2:02}-01"
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        return date.fromisocalendar(int(match[1]), int(match[2]), 1).isoformat()
    if not re.match(r"\d{4}", value):
        return None
    return {4: value + "-01-01", 7: value + "-01"}.get(len(value), value)


def values(time):
    """The readings of a time expression of the record, in the scorer's form."""
    found = [{"timex": time["value"], "value": time["value"]}]
    if time["from"] or time["to"]:
        found.append({"start": time["from"], "end": time["to"]})
    if time["from"] and time["to"]:
        found.append({"start": time["from"], "end": (date.fromisoformat(time["to"]) - timedelta(1)).isoformat()})
    ends = time["value"].split("/")
    if len(ends) == 2:
        found.append({"start": first_day(ends[0]), "end": first_day(ends[1])})
    return found


def measured():
    """Every score in percent, in the order of the table."""
    gold = lines(CORPUS)
    given = "".join(
        json.dumps({"id": g["id"], "text": g["text"], "published": g["reference"]}) + "\n" for g in gold).encode()
    pred = [
        {"id": r["doc"], "found": [{"start": t["start"], "end": t["end"], "values": values(t)} for t in r["times"]]}
        for r in records(given, "jsonl", "--plain")]
    scores = {}
    for subset, label in SUBSETS.items():
        result = scorer("score_timex").score(gold, pred, subset)
        for key, name in FIGURES.items():
            scores[f"times, {label}: {name}"] = result[key] * (1 if key == "spurious_per_100" else 100)
    return scores


def are_at_hand():
    return CORPUS.exists() and (TOOLS / "score_timex.py").exists()
