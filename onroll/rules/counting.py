"""How a clock was counted: which days counted, and why the others did not (P32).

The count is made by `rules.clocks.due_on`; this tells the same count day by day, so that somebody
who was not there can repeat it on paper.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from onroll.rules.calendar import (
    SchoolCalendar,
    bank_holidays,
    is_bank_holiday,
    is_uk_working_day,
    is_weekend,
    is_working_day,
)
from onroll.rules.clock import Clock, Unit

_DAY = timedelta(days=1)
USUAL = "holiday by the usual pattern: no term is listed"
MOST_DAYS = 400
"""A longer count is told in one line: nobody repeats it by hand."""


@dataclass(frozen=True)
class Run:
    """Days in a row that counted, with the numbers of the first and the last; or that did not, and
    why: then both numbers are 0."""

    first: date
    last: date
    number: int = 0
    last_number: int = 0
    why_not: str = ""

    @property
    def is_counted(self) -> bool:
        """Say whether the days counted."""
        return bool(self.number)


def count(clock: Clock, start: date, due: date, *, calendar: SchoolCalendar) -> list[Run]:
    """Return the days from the first that could count to the day on which a clock is due.

    Empty where nothing was counted by the day: of hours, of no length, and of more days than
    anybody repeats by hand.
    """
    first = start if clock.is_start_counted else start + _DAY
    if clock.unit is Unit.HOURS or due < first or (due - first).days > MOST_DAYS:
        return []
    days = [(day, _why_not(clock.unit, day, calendar)) for day in _days(first, due)]
    return list(_runs(days))


def _runs(days: list[tuple[date, str]]) -> Iterator[Run]:
    number = 0
    for why_not, group in groupby(days, key=lambda row: row[1]):
        row = [day for day, _ in group]
        if why_not:
            yield Run(row[0], row[-1], why_not=why_not)
        else:
            yield Run(row[0], row[-1], number + 1, number + len(row))
            number += len(row)


def _why_not(unit: Unit, day: date, calendar: SchoolCalendar) -> str:
    """Return why a day did not count; nothing where it did."""
    counts: dict[Unit, Callable[[date], bool]] = {
        Unit.SCHOOL_DAYS: calendar.is_school_day,
        Unit.WORKING_DAYS: is_working_day,
        Unit.UK_WORKING_DAYS: is_uk_working_day,
    }
    if unit not in counts or counts[unit](day):
        return ""
    if is_weekend(day):
        return "weekend"
    if is_bank_holiday(day):
        return f"bank holiday: {bank_holidays([day.year])[day]}"
    if unit is Unit.UK_WORKING_DAYS:
        return "bank holiday in another part of the United Kingdom"
    if day in calendar.closed and any(day in term for term in calendar.terms):
        return "closed on this day"
    return "holiday" if calendar.is_certain(day) else USUAL


def _days(first: date, last: date) -> Iterator[date]:
    return (first + _DAY * n for n in range((last - first).days + 1))
