"""How well events are coded with a user's own tables: PETRARCH's records, through its dictionaries.

The dictionaries are made into a folder for `--ontology` by Ontology/tools/petrarch_tables.py. A reading's events become dyads as
event data have them: each actor with each recipient, those who act together with each other, both ways where the code says so.
"""

import itertools
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from language_scores import DATA, lines, records, scorer
from program import ONTOLOGY

DICTIONARIES = DATA / "petrarch" / "dictionaries"
NAMES = {"unit": "PETR.Validate", "gsr": "Phoenix"}
MUTUAL = {"CONSULT", "AGREE", "COOPERATE"}
CONFLICT = {"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "SANCTION"}


def tables(kind, folder):
    """A folder of tables made from the dictionaries of one set of records."""
    prefix = NAMES[kind]
    options = [x for path in sorted(DICTIONARIES.glob(f"{prefix}.*actors.txt")) for x in ("--actors", path)]
    options += ["--agents", DICTIONARIES / f"{prefix}.agents.txt"]
    if kind == "unit":
        options += ["--verbs", DICTIONARIES / "PETR.Validate.verbs.2.0.txt", "--only"]
    subprocess.run([sys.executable, ONTOLOGY / "tools/petrarch_tables.py", folder, *options], check=True)
    return folder


def codes(record, event, roles):
    """The codes of those who take part in some roles."""
    entities = {e["id"]: e for e in record["entities"]}
    found = []
    for p in event["participants"]:
        if p["role"] in roles:
            code = p.get("code") or entities[p["entity"]].get("code")
            if code and code not in found:
                found.append(code)
    return found


def inside(span, pieces):
    pieces = [pieces] if pieces and isinstance(pieces[0], int) else pieces or []
    return any(start <= span[0] and span[1] <= end for start, end in pieces)


def accusations(record):
    """What somebody says that somebody else has done to others: speaker and whoever did it, by event."""
    entities = {e["id"]: e for e in record["entities"]}
    found = {}
    for event in record["events"]:
        if event["type"] not in CONFLICT or event["modality"] not in ("asserted", "alleged"):
            continue
        for a in record["attributions"]:
            speaker = a["source"] and entities[a["source"]].get("code")
            if not speaker or not inside(event["trigger"], a["content"]):
                continue
            doers = [p for p in event["participants"] if p["role"] == "actor"] or event["participants"]
            names = [p.get("code") for p in doers if p["entity"] != a["source"] and p.get("code") not in (None, speaker)]
            if names:
                found[event["id"]] = speaker, names[0]
    return found


def dyads(record):
    """Source, target and code of each event of a reading."""
    entities = {e["id"]: e for e in record["entities"]}
    found = []

    def add(source, target, code):
        if source != target and code and (source, target, code) not in found:
            found.append((source, target, code))

    accused = accusations(record)
    for source, target in accused.values():
        add(source, target, "112")
    for event in record["events"]:
        code = event.get("code")
        if not code or event["modality"] in ("demanded", "hypothetical") or event["id"] in accused:
            continue
        first, _, back = code.partition(":")
        actors, recipients = codes(record, event, {"actor"}), codes(record, event, {"recipient", "co-actor"})
        if not recipients and event["place"]:
            recipients = [c for c in [entities[event["place"]].get("code")] if c and c not in actors]
        if not recipients and (back or event["type"] in MUTUAL):
            for source, target in itertools.permutations(actors, 2):
                add(source, target, first)
        for source in actors:
            for target in recipients:
                if first:
                    add(source, target, first)
                if back:
                    add(target, source, back)
    return found


def petrarch():
    gold = lines(DATA / "petrarch" / "petr.jsonl")
    table = {}
    for kind in NAMES:
        chosen = [d for d in gold if d["set"] == kind]
        texts = [
            {"id": d["id"], "text": d["text"], "published": "-".join((d["date"][:4], d["date"][4:6], d["date"][6:]))} for d in chosen]
        with tempfile.TemporaryDirectory() as folder:
            folder = tables(kind, Path(folder))
            found = records("".join(json.dumps(t) + "\n" for t in texts).encode(), "jsonl", "--plain", "--ontology", folder)
        predictions = [{"id": r["doc"], "events": dyads(r)} for r in found]
        views, _ = scorer("score_events").score(chosen, predictions)
        for view in ("full", "root", "country", "pair", "code-root"):
            right, ours, theirs = views[view]
            table[f"PETRARCH {kind} records, F1: {view}"] = 200 * right / max(ours + theirs, 1)
    return table


def measured():
    """Every score in percent, in the order of the table."""
    return petrarch()


def are_at_hand():
    return DICTIONARIES.exists()
