"""Real articles, where they are at hand: everything that holds for the sample articles holds for them.

The tests of the format, the GraphML and the RDF/XML are collected here again and run on the graph of these articles.
"""

import inspect

import pytest

import scores
import test_format
import test_graphml
import test_rdf
from program import SHARED, Built

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


def test_no_score_has_dropped():
    """SCORES.md stands for what the program does; `make scores` writes it anew when reading has become better."""
    known = scores.recorded()
    assert set(known) == set(scores.MEASURES.values())
    for label, (_, _, f1) in scores.measured().items():
        assert f1 >= known[label] - 0.0006, f"{label}: {f1:.3f}; SCORES.md has {known[label]}"
