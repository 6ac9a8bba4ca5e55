"""Real articles, where they are at hand: everything that holds for the sample articles holds for them.

The tests of the format, the GraphML and the RDF/XML are collected here again and run on the graph of these articles.
"""

import inspect
import os
import subprocess
import sys

import pytest

import test_format
import test_graphml
import test_rdf
from program import FOUND, SHARED, Built, vouch

ARTICLES = SHARED / "articles"

pytestmark = pytest.mark.skipif(not ARTICLES.exists(), reason="the real articles are not here")

for module in (test_format, test_graphml, test_rdf):
    for name, test in vars(module).items():
        if name.startswith("test_") and "built" in inspect.signature(test).parameters:
            assert name not in globals(), f"two tests are called {name}"
            globals()[name] = test


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    return Built(tmp_path_factory.mktemp("real"), *sorted(ARTICLES.glob("*.txt")))


def test_readings_can_be_scored(built, tmp_path):
    (tmp_path / "text").mkdir()
    for path in ARTICLES.glob("*.txt"):
        (tmp_path / "text" / path.name).symlink_to(path)
    for path in ARTICLES.glob("*.gold.json"):
        (tmp_path / path.name).symlink_to(path)
    readings = tmp_path / "readings.jsonl"
    done = vouch("extract", *built.inputs)
    assert (done.code, len(done.lines)) == (FOUND, len(built.inputs))
    readings.write_bytes(done.out)
    scored = subprocess.run(
        [sys.executable, ARTICLES / "score_reading.py", readings, "--gold", tmp_path, "--per-doc"],
        capture_output=True, text=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    assert scored.returncode == 0 and scored.stderr == "", scored.stderr
    assert "F1" in scored.stdout.upper()
