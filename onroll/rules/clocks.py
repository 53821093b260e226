"""Every clock a child's record runs on, what it counts, and who set it: law or policy (P32).

The law counts in four ways, and each clock says which: school days of one school (Regs 2024),
days (reg 13(1)), days beginning with the day itself (EA96 s.437(2)), and working days of the whole
United Kingdom (FOIA s.10(6)). A local clock takes its number from the policy, and its working days
are those of England; no setting changes a clock of the law.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from onroll.rules import age
from onroll.rules.calendar import SchoolCalendar, is_uk_working_day, is_working_day
from onroll.rules.clock import Clock, Unit
from onroll.rules.clocks_law import LAW_CLOCKS
from onroll.rules.clocks_local import LOCAL_CLOCKS
from onroll.rules.clocks_to_come import CLOCKS_TO_COME
from onroll.rules.commencement import PROVISIONS, Provisions
from onroll.rules.dated import row_on
from onroll.rules.hours import ENGLAND
from onroll.rules.policy import LocalPolicy

__all__ = [
    "CLOCKS",
    "ROWS",
    "Clock",
    "Unit",
    "clock_on",
    "due_at",
    "due_on",
    "for_another",
    "for_case",
    "latest_move",
]

ROWS: tuple[Clock, ...] = (*LAW_CLOCKS, *CLOCKS_TO_COME, *LOCAL_CLOCKS)
"""Every clock as it stood, stands or is to stand; rows of one code in the order of their days."""

CLOCKS: dict[str, Clock] = {clock.code: clock for clock in ROWS}
"""Each clock by its code, as its newest row has it."""

_EVERY_CASE = ("triage_1", "first_enquiries_5", "four_weeks", "four_week_point")
_OF_THE_REGISTER = ("register_home_15", "parent_tells_15")
"""What each case starts once its child stands on the register of children not in school."""
_MORE_FOR = {
    "unknown_destination": ("cml_20",),
    "no_answer": ("absence_20",),
    "ceased_to_attend": ("absence_20",),
    "leave_not_returned": ("leave_10",),
    "excluded": ("excluded_6",),
}
_INSTEAD_FOR = {
    "home_education_unsuitable": ("triage_1", "first_enquiries_5"),
    "handed_over": ("triage_1", "handover_5", "first_enquiries_5", "four_weeks", "four_week_point"),
}


def due_on(clock: Clock, start: date, *, calendar: SchoolCalendar, policy: LocalPolicy) -> date:
    """Return the last day of a clock that counts from `start`.

    A clock of no length is due on `start` itself; one of hours counts from its midnight. Where the
    start counts but is not a day the clock counts (an absence "from" a Sunday), counting begins on
    the next that is. The number is that of the policy of the day `start`.
    """
    n = clock.length(policy, on=start)
    if clock.is_start_counted:
        start, n = start - timedelta(1), max(n, 1)
    return _COUNT[clock.unit](start, n, calendar)


def due_at(clock: Clock, start: datetime, *, policy: LocalPolicy) -> datetime:
    """Return when a clock of hours that counts from `start` is due. ValueError for any other."""
    if clock.unit is not Unit.HOURS:
        raise ValueError(f"“{clock.title}” counts no hours.")
    return start + timedelta(hours=clock.length(policy, on=start.astimezone(ENGLAND).date()))


def latest_move(*, born: date | None, on: date) -> date:
    """Return the last day to which a person may move a local clock on the day `on`.

    That is a year ahead, and not past compulsory school age, as long as that is ahead itself.
    """
    year = age.birthday(on, 1)
    ends_on = age.ends_on(born) if born else year
    return min(year, ends_on) if ends_on > on else year


def clock_on(
    code: str, *, on: date, rows: Sequence[Clock] = ROWS, provisions: Provisions = PROVISIONS
) -> Clock:
    """Return a clock as it stood on the day it started.

    Of days before its first row Onroll keeps no law, and that row stands in; a clock whose section
    was put off after it had started is shown as it was to be.
    """
    row = row_on(rows, code, on=on, provisions=provisions)
    return row or next(clock for clock in rows if clock.code == code)


def for_case(reason: str, *, on: date, provisions: Provisions = PROVISIONS) -> tuple[Clock, ...]:
    """Return the clocks a case opened on a day starts, by why the child is on the register."""
    codes = _INSTEAD_FOR.get(reason, (*_EVERY_CASE, *_MORE_FOR.get(reason, ())))
    return _holding((*codes, *_OF_THE_REGISTER), on, provisions)


def for_another(reason: str, *, on: date, provisions: Provisions = PROVISIONS) -> tuple[Clock, ...]:
    """Return the clocks that a further reason starts on a case that is already open."""
    return _holding(_MORE_FOR.get(reason, ()), on, provisions)


def _holding(codes: Sequence[str], on: date, provisions: Provisions) -> tuple[Clock, ...]:
    clocks = (row_on(ROWS, code, on=on, provisions=provisions) for code in codes)
    return tuple(clock for clock in clocks if clock is not None)


def _working_days_after(day: date, n: int, is_counted: Callable[[date], bool]) -> date:
    while n:
        day += timedelta(1)
        n -= is_counted(day)
    return day


_COUNT: dict[Unit, Callable[[date, int, SchoolCalendar], date]] = {
    Unit.SCHOOL_DAYS: lambda day, n, calendar: calendar.after(day, n),
    Unit.DAYS: lambda day, n, calendar: day + timedelta(n),
    Unit.WEEKS: lambda day, n, calendar: day + timedelta(weeks=n),
    Unit.WORKING_DAYS: lambda day, n, calendar: _working_days_after(day, n, is_working_day),
    Unit.UK_WORKING_DAYS: lambda day, n, calendar: _working_days_after(day, n, is_uk_working_day),
    Unit.HOURS: lambda day, n, calendar: day + timedelta(hours=n),
}
