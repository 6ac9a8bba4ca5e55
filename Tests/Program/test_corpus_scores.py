"""The scores of SCORES.md on corpora, held to where these are at hand."""

import pytest

import event_scores
import language_scores
import scores

pytestmark = pytest.mark.skipif(
    not (language_scores.are_at_hand() and event_scores.are_at_hand()), reason="the corpora are not here")


def test_no_score_on_corpora_has_dropped():
    """`make scores` writes the table anew when reading has become better."""
    known = scores.recorded_language()
    if not known:
        pytest.skip("SCORES.md holds no language scores yet: run make scores")
    found = scores.on_corpora()
    assert set(known) == set(found)
    dropped = {label: (found[label], score) for label, score in known.items() if found[label] < score - 0.006}
    assert not dropped
