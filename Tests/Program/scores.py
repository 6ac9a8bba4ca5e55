"""How well articles are read: scores against the hand-made readings beside the repository, kept as a table.

    python scores.py          prints the tables
    python scores.py --write  writes them to SCORES.md beside this file, which a test holds the program to, and to scores.json
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import event_scores
import language_scores
import petrarch_scores
import time_scores
from program import SHARED, vouch

TABLE = Path(__file__).with_name("SCORES.md")
JSON = Path(__file__).with_name("scores.json")
ARTICLES = SHARED / "articles"

MEASURES = {
    "names_strict": "names, exact spans",
    "all_strict": "all mentions, exact spans",
    "coref_B3": "coreference, B³",
    "coref_LEA": "coreference, LEA",
    "attr": "attributions (content and source)",
    "event": "events",
    "event_typed": "events with the right type",
    "part": "participants of events",
    "stance": "stances (holder, evidence, polarity)",
}

HEADING = """# Scores of reading

Precision, recall and F1 on three hand-annotated articles (two on peace talks, one on a trial), which are for measuring only and no
part of this repository. Written by `make scores`; a test fails when an F1 drops below what stands here.

| measure | precision | recall | F1 |
|---|---|---|---|
"""


def measured():
    """F1, precision and recall of each measure."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "text").mkdir()
        for path in ARTICLES.glob("*.txt"):
            (folder / "text" / path.name).symlink_to(path)
        for path in ARTICLES.glob("*.gold.json"):
            (folder / path.name).symlink_to(path)
        readings = folder / "readings.jsonl"
        readings.write_bytes(vouch("extract", *sorted(ARTICLES.glob("*.txt"))).out)
        done = subprocess.run(
            [sys.executable, ARTICLES / "score_reading.py", readings, "--gold", folder, "--json", folder / "scores.json"],
            capture_output=True, text=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
        assert done.returncode == 0 and done.stderr == "", done.stderr
        scores = json.loads((folder / "scores.json").read_text())["all"]
    return {label: (scores[key]["P"], scores[key]["R"], scores[key]["F1"]) for key, label in MEASURES.items()}


def recorded():
    """The F1 of each measure in the table."""
    rows = re.findall(r"^\| ([^|]+) \| [\d.]+ \| [\d.]+ \| ([\d.]+) \|$", TABLE.read_text(), re.M)
    return {label: float(f1) for label, f1 in rows}


LANGUAGE_HEADING = """
## Corpora

F1 or accuracy in percent on the development halves of corpora beside the repository; gold words are given as CoNLL-U without tags and
trees, everything else is read from raw text. Names are exact spans, facilities count as places. Attributions match where roles overlap.
The rows before the last compare with corpora made for something near: PLOVER's records of events, NewsMTSC's sentiment, re3d's names,
and PETRARCH's records through tables made from its dictionaries (root: source, target and first two digits of the code).
The last are of dates: where a text's reference date is its day of publication; of whole days alone (news), and of times of day too (core).

| measure | score |
|---|---|
"""


def recorded_language():
    """The score of each measure in the table of corpora."""
    return {label: float(score) for label, score in re.findall(r"^\| ([^|]+) \| ([\d.]+) \|$", TABLE.read_text(), re.M)}


def table(articles, language):
    text = HEADING + "".join(f"| {label} | {p:.3f} | {r:.3f} | {f1:.3f} |\n" for label, (p, r, f1) in articles.items())
    if language:
        text += LANGUAGE_HEADING + "".join(f"| {label} | {score:.2f} |\n" for label, score in language.items())
    return text


def as_json(articles, language):
    rounded = {label: dict(zip(("precision", "recall", "F1"), (round(x, 4) for x in row))) for label, row in articles.items()}
    scores = {"articles": rounded, "language": {label: round(score, 3) for label, score in language.items()}}
    return json.dumps(scores, indent=1, ensure_ascii=False) + "\n"


def on_corpora():
    """The scores of the second table; none where the corpora are not at hand."""
    corpora = (language_scores, event_scores, petrarch_scores, time_scores)
    if not all(corpus.are_at_hand() for corpus in corpora):
        return {}
    return {label: score for corpus in corpora for label, score in corpus.measured().items()}


if __name__ == "__main__":
    found = measured(), on_corpora()
    if "--write" in sys.argv:
        TABLE.write_text(table(*found))
        JSON.write_text(as_json(*found))
    print(table(*found))
