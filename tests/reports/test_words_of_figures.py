"""A figure of one is worded for one, by its words and not by how they begin."""

import pytest

from onroll.reports.views.today import _ALL, _ONE, _said


@pytest.mark.parametrize("words", [words for _, words, *_ in _ALL])
def test_every_figure_that_needs_someone_has_words_for_one(words: str) -> None:
    assert _said(2, words) == words
    assert _said(1, words) == _ONE[words] != words


def test_words_nobody_has_a_singular_for_stay_as_they_are() -> None:
    assert _said(1, "records of another kind") == "records of another kind"
    assert _said(0, "claims to confirm") == "claims to confirm"
