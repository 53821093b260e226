"""Attendance codes and absence without a break (law 3.4, 3.5). Regs 2024 reg 9, 10, 13."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.rules import attendance
from onroll.rules.attendance import FOR_REMOVAL, FOR_RETURN, Absence, Day, latest_absence

FIRST = date(2026, 11, 2)
MARKS = st.sampled_from([*attendance.CODES, "", "?"])


def register(*days: str, first: date = FIRST) -> list[Day]:
    """Return days of a register from texts such as "O O"; each text holds two marks."""
    return [Day(first + timedelta(days=n), *text.split()) for n, text in enumerate(days)]


def test_the_codes_are_those_of_regulation_10():
    wanted = "/ \\ L K V P W B C1 M J1 S X C2 D C T R I Q Y1 Y2 Y3 Y5 Y6 E Y7 G N O U Y4 Z #"
    assert set(attendance.CODES) == set(wanted.split())


def test_an_absence_counts_back_to_the_last_day_at_school():
    found = latest_absence(register("/ \\", "O O", "N N", "G O"))
    assert found == Absence(3, FIRST + timedelta(days=1), FIRST + timedelta(days=3))


def test_a_child_who_came_late_after_registration_was_there():
    # law 3.3, 3.4: U breaks the absence for removal, but counts for the return.
    days = register("/ \\", "O O", "U O", "O O")
    assert latest_absence(days, codes=FOR_REMOVAL).school_days == 1
    assert latest_absence(days, codes=FOR_RETURN).school_days == 3


@pytest.mark.parametrize("mark", sorted(set(attendance.CODES) - FOR_REMOVAL - {"Y4", "#"}))
def test_any_other_code_breaks_the_absence_for_removal(mark: str):
    days = register("O O", f"O {mark}", "O O")
    assert latest_absence(days) == Absence(1, days[2].on, days[2].on, is_clear=True)


def test_a_cancelled_session_neither_counts_nor_breaks():
    assert latest_absence(register("/ \\", "O O", "Y4 Y4", "# #", "O Y4")).school_days == 2


def test_a_mark_that_is_missing_leaves_the_length_unclear():
    found = latest_absence([Day(FIRST, "O", ""), *register("O O", first=FIRST + timedelta(days=1))])
    assert found.school_days == 1
    assert not found.is_clear


def test_a_register_that_ends_within_the_absence_leaves_its_length_unclear():
    assert not latest_absence(register("O O", "O O")).is_clear
    assert latest_absence([]) == Absence(0, is_clear=False)


def test_a_child_who_came_today_is_not_absent():
    assert latest_absence(register("O O", "/ \\")) == Absence(0)


def test_order_case_and_spaces_of_the_register_do_not_matter():
    days = [Day(date(2026, 11, 4), " o ", "O"), Day(date(2026, 11, 3), "/", "\\")]
    assert latest_absence(days).school_days == 1
    assert latest_absence(reversed(days)).school_days == 1


@given(st.lists(st.tuples(MARKS, MARKS), max_size=40))
def test_an_absence_for_removal_is_never_longer_than_one_for_the_return(
    marks: list[tuple[str, str]],
):
    days = [Day(FIRST + timedelta(days=n), *pair) for n, pair in enumerate(marks)]
    removal = latest_absence(days)
    assert removal.school_days <= latest_absence(days, codes=FOR_RETURN).school_days <= len(days)
    assert (removal.first_on is None) is (removal.school_days == 0)
