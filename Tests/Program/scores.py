"""How well articles are read: scores against the hand-made readings beside the repository, kept as a table.

    python scores.py          prints the table
    python scores.py --write  writes it to SCORES.md beside this file, which a test holds the program to
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from program import SHARED, vouch

TABLE = Path(__file__).with_name("SCORES.md")
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


def table():
    return HEADING + "".join(
        f"| {label} | {p:.3f} | {r:.3f} | {f1:.3f} |\n" for label, (p, r, f1) in measured().items())


if __name__ == "__main__":
    text = table()
    if "--write" in sys.argv:
        TABLE.write_text(text)
    print(text)
