"""How often the glass may be broken, and what a review may find (access matrix, row 34)."""

from datetime import timedelta

import pytest

from onroll.rules.break_glass import OPEN_FOR, VERDICTS, Verdict, is_over_limit


@pytest.mark.parametrize(("number", "is_over"), [(0, False), (4, False), (5, True), (6, True)])
def test_the_limit_is_the_last_that_is_let_through(number: int, *, is_over: bool) -> None:
    assert is_over_limit(number, most=5) is is_over


def test_it_opens_for_sixty_minutes_and_each_verdict_has_words() -> None:
    assert timedelta(minutes=60) == OPEN_FOR
    assert set(VERDICTS) == set(Verdict)
