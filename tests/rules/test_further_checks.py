"""What a school asks to be found out before it decides anything (P61)."""

import pytest

from onroll.rules.further_checks import OUTCOMES, WANTED, Outcome, Wanted, must_refer


@pytest.mark.parametrize("outcome", Outcome)
def test_who_is_not_found_is_referred(outcome: Outcome) -> None:
    """P61."""
    assert must_refer(outcome) is ("refer now" in OUTCOMES[outcome])


def test_each_thing_to_find_has_words() -> None:
    assert set(WANTED) == set(Wanted)
    assert set(OUTCOMES) == set(Outcome)
