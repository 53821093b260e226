"""What a school asks to be found out before it decides anything (P61)."""

from datetime import date

import pytest

from onroll.rules.calendar import SchoolCalendar
from onroll.rules.further_checks import (
    OUTCOMES,
    WANTED,
    Outcome,
    Wanted,
    is_to_be_referred,
    must_refer,
)
from onroll.rules.policy_file import HARROW


@pytest.mark.parametrize("outcome", Outcome)
def test_who_is_not_found_is_referred(outcome: Outcome) -> None:
    """P61."""
    assert must_refer(outcome) is ("refer now" in OUTCOMES[outcome])


def test_each_thing_to_find_has_words() -> None:
    assert set(WANTED) == set(Wanted)
    assert set(OUTCOMES) == set(Outcome)


@pytest.mark.parametrize(
    ("last", "is_referred"), [(date(2026, 11, 16), False), (date(2026, 11, 13), True)]
)
def test_who_was_away_for_more_than_ten_school_days_is_referred(
    last: date, is_referred: bool
) -> None:
    """P61: no checks are asked for meanwhile. Weekends are no school days."""
    on, calendar = date(2026, 11, 30), SchoolCalendar()
    policy = HARROW.on(on)
    assert is_to_be_referred(last, on=on, calendar=calendar, policy=policy) is is_referred
