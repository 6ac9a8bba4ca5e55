"""The language scores of SCORES.md, held to where the corpora are at hand."""

import pytest

import language_scores
import scores

pytestmark = pytest.mark.skipif(not language_scores.are_at_hand(), reason="the corpora are not here")


def test_no_language_score_has_dropped():
    """`make scores` writes the table anew when reading has become better."""
    known = scores.recorded_language()
    if not known:
        pytest.skip("SCORES.md holds no language scores yet: run make scores")
    found = language_scores.measured()
    assert set(known) == set(found)
    dropped = {label: (found[label], score) for label, score in known.items() if found[label] < score - 0.006}
    assert not dropped
