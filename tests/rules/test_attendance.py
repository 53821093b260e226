"""Attendance codes and absence without a break (law 3.4, 3.5). Regs 2024 reg 9, 10, 13."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.rules import attendance
from onroll.rules.attendance import FOR_REMOVAL, FOR_RETURN, Absence, Day
from onroll.rules.calendar import SchoolCalendar, Term

FIRST = date(2026, 11, 2)
MARKS = st.sampled_from([*attendance.CODES, "", "?"])
AUTUMN = SchoolCalendar((Term("Autumn 2", FIRST, date(2026, 12, 18)),))


def latest_absence(days, on=None, calendar=AUTUMN, **said) -> Absence:
    """Return the absence up to the day after the register's last, or up to the day asked about."""
    days = list(days)
    last = max((day.on for day in days), default=FIRST)
    until = on or last + timedelta(days=1)
    return attendance.latest_absence(days, on=until, calendar=calendar, **said)


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


def test_a_school_day_of_which_nothing_is_known_leaves_the_length_open():
    # law 13 (4): the absence must be continuous.
    days = register("/ \\", "O O", "O O", "O O")
    without_wednesday = [day for day in days if day.on != date(2026, 11, 4)]
    assert latest_absence(days) == Absence(3, days[1].on, days[3].on, is_clear=True)
    assert latest_absence(without_wednesday) == Absence(1, days[3].on, days[3].on, is_clear=False)


def test_a_weekend_and_a_holiday_are_no_hole_in_the_register():
    friday, monday = Day(date(2026, 12, 18), "O", "O"), Day(date(2027, 1, 4), "O", "O")
    came = Day(date(2026, 12, 17), "/", "\\")
    school = SchoolCalendar((*AUTUMN.terms, Term("Spring", monday.on, date(2027, 2, 12))))
    assert latest_absence([came, friday, monday], calendar=school).school_days == 2


def test_a_register_that_ends_before_the_day_asked_about_says_nothing_of_that_day():
    days = register("/ \\", "O O", "O O", "O O")
    assert latest_absence(days, on=date(2026, 11, 10)) == Absence(0, is_clear=False)
    assert latest_absence(days, on=days[-1].on).school_days == 3
    assert latest_absence(days, on=days[-2].on) == Absence(2, days[1].on, days[2].on)


def test_a_day_told_twice_counts_once():
    days = register("/ \\", "O O", "N N")
    assert latest_absence([*days, *days]) == latest_absence(days)
    # N is replaced by O within five days: the same absence.
    assert latest_absence([*days, Day(days[2].on, "O", "O")]).school_days == 2


def test_a_session_told_two_ways_is_not_known():
    days = register("/ \\", "O O", "O O")
    found = latest_absence([*days, Day(days[1].on, "/", "O")])
    assert found == Absence(1, days[2].on, days[2].on, is_clear=False)


@pytest.mark.parametrize("other", ["", "?", "O", "Y4", "I"])
@pytest.mark.parametrize("is_morning", [True, False])
def test_half_a_day_present_ends_it_whatever_the_other_half_says(other: str, is_morning: bool):
    half = Day(FIRST, "/", other) if is_morning else Day(FIRST, other, "\\")
    after = [Day(FIRST + timedelta(days=1), "O", "O")]
    assert latest_absence([half, *after]) == Absence(1, after[0].on, after[0].on, is_clear=True)


@given(st.lists(st.tuples(MARKS, MARKS), max_size=40), st.data())
def test_neither_order_nor_telling_a_day_again_changes_an_absence(
    marks: list[tuple[str, str]], data: st.DataObject
):
    days = [Day(FIRST + timedelta(days=n), *pair) for n, pair in enumerate(marks)]
    again = data.draw(st.permutations(days + days[::3]))
    assert latest_absence(again) == latest_absence(days)


@given(st.lists(st.tuples(MARKS, MARKS), min_size=1, max_size=40), st.data())
def test_a_day_left_out_never_makes_an_absence_longer_nor_surer(
    marks: list[tuple[str, str]], data: st.DataObject
):
    days = [Day(FIRST + timedelta(days=n), *pair) for n, pair in enumerate(marks)]
    on = days[-1].on + timedelta(days=1)
    whole = latest_absence(days, on=on)
    left_out = data.draw(st.sampled_from(days))
    part = latest_absence([day for day in days if day != left_out], on=on)
    school = AUTUMN.is_school_day(left_out.on)
    if school:
        assert part.school_days <= whole.school_days
        assert part == whole or not part.is_clear


@given(st.lists(st.tuples(MARKS, MARKS), max_size=40))
def test_an_absence_for_removal_is_never_longer_than_one_for_the_return(
    marks: list[tuple[str, str]],
):
    days = [Day(FIRST + timedelta(days=n), *pair) for n, pair in enumerate(marks)]
    removal = latest_absence(days)
    assert removal.school_days <= latest_absence(days, codes=FOR_RETURN).school_days <= len(days)
    assert (removal.first_on is None) is (removal.school_days == 0)
