"""How a clock was counted, day by day, as somebody repeats it on paper."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onroll.rules.calendar import SchoolCalendar, Term
from onroll.rules.clock import Clock, Unit
from onroll.rules.clocks import CLOCKS, due_on
from onroll.rules.counting import Run, count
from onroll.rules.policy_file import HARROW

AUTUMN = SchoolCalendar(
    terms=(
        Term("First half", date(2026, 9, 2), date(2026, 10, 23)),
        Term("Second half", date(2026, 11, 2), date(2026, 12, 18)),
    ),
    closed=frozenset({date(2026, 11, 9)}),
)
FIVE = CLOCKS["enquiry_answer_5"]


def counted(clock: Clock, start: date, calendar: SchoolCalendar = AUTUMN) -> list[Run]:
    due = due_on(clock, start, calendar=calendar, policy=HARROW)
    return count(clock, start, due, calendar=calendar)


def test_school_days_are_numbered_and_each_other_day_says_why() -> None:
    """EA96 s.579(1)."""
    assert counted(FIVE, date(2026, 11, 5)) == [
        Run(date(2026, 11, 6), date(2026, 11, 6), 1, 1),
        Run(date(2026, 11, 7), date(2026, 11, 8), why_not="weekend"),
        Run(date(2026, 11, 9), date(2026, 11, 9), why_not="closed on this day"),
        Run(date(2026, 11, 10), date(2026, 11, 13), 2, 5),
    ]


def test_a_half_term_is_a_holiday() -> None:
    reasons = [run.why_not for run in counted(FIVE, date(2026, 10, 22)) if not run.is_counted]
    assert reasons == ["weekend", "holiday", "weekend"]


def test_where_no_term_is_listed_the_usual_pattern_is_named() -> None:
    runs = counted(FIVE, date(2026, 10, 22), SchoolCalendar())
    assert "holiday by the usual pattern: no term is listed" in [run.why_not for run in runs]


def test_the_first_day_counts_where_the_law_begins_with_it() -> None:
    clock = replace(FIVE, unit=Unit.DAYS, is_start_counted=True, setting="", n=3)
    assert counted(clock, date(2026, 11, 2)) == [Run(date(2026, 11, 2), date(2026, 11, 4), 1, 3)]


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.WEEKS])
def test_every_day_counts_of_days_and_weeks(unit: Unit) -> None:
    runs = counted(replace(FIVE, unit=unit, setting="", n=2), date(2026, 10, 22))
    assert [run.is_counted for run in runs] == [True]


def test_a_bank_holiday_is_named_and_one_of_another_part_of_the_country_is_said() -> None:
    clock = replace(FIVE, unit=Unit.UK_WORKING_DAYS, setting="", n=2)
    reasons = [run.why_not for run in counted(clock, date(2026, 12, 31))]
    assert reasons[0] == "bank holiday: New Year's Day"
    assert "weekend" in reasons
    scotland = [run.why_not for run in counted(clock, date(2026, 11, 27))]
    assert "bank holiday in another part of the United Kingdom" in scotland


def test_working_days_are_those_of_england() -> None:
    clock = replace(FIVE, unit=Unit.WORKING_DAYS, setting="", n=1)
    assert counted(clock, date(2026, 11, 29)) == [Run(date(2026, 11, 30), date(2026, 11, 30), 1, 1)]


def test_hours_no_length_and_very_long_counts_are_not_told_by_the_day() -> None:
    start = date(2026, 11, 2)
    assert count(replace(FIVE, unit=Unit.HOURS), start, start, calendar=AUTUMN) == []
    assert count(FIVE, start, start, calendar=AUTUMN) == []
    assert count(FIVE, start, start + timedelta(days=500), calendar=AUTUMN) == []


def test_the_count_ends_on_the_day_that_the_clock_is_due() -> None:
    for clock in CLOCKS.values():
        if clock.unit is Unit.SCHOOL_DAYS and not clock.is_start_counted:
            runs = counted(clock, date(2026, 9, 3))
            last = runs[-1] if runs else None
            assert last is None or last.last_number == clock.length(HARROW)
