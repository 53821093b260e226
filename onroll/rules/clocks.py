"""Every clock a child's record runs on, what it counts, and who set it: law or policy (P32).

The law counts in three ways, and each clock says which: school days of one school (Regs 2024),
days (reg 13(1)), and days beginning with the day itself (EA96 s.437(2)). A local clock takes its
number from the policy; no setting changes a clock of the law.
"""

from collections.abc import Callable
from datetime import date, timedelta

from onroll.rules.calendar import SchoolCalendar, is_uk_working_day
from onroll.rules.clock import Clock, Unit
from onroll.rules.clocks_law import LAW_CLOCKS
from onroll.rules.clocks_local import LOCAL_CLOCKS
from onroll.rules.policy import LocalPolicy

__all__ = ["CLOCKS", "Clock", "Unit", "due_on", "for_case"]

CLOCKS: dict[str, Clock] = {clock.code: clock for clock in (*LAW_CLOCKS, *LOCAL_CLOCKS)}

_EVERY_CASE = ("triage_1", "first_enquiries_5", "four_weeks", "four_week_point")
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

    A clock of no length is due on `start` itself. Where the start counts but is not a day the
    clock counts (an absence "from" a Sunday), counting begins on the next that is.
    """
    n = clock.length(policy)
    if clock.is_start_counted:
        start, n = start - timedelta(1), max(n, 1)
    return _COUNT[clock.unit](start, n, calendar)


def for_case(reason: str) -> tuple[Clock, ...]:
    """Return the clocks a new case starts, by the reason the child is on the register."""
    codes = _INSTEAD_FOR.get(reason, (*_EVERY_CASE, *_MORE_FOR.get(reason, ())))
    return tuple(CLOCKS[code] for code in codes)


def for_another(reason: str) -> tuple[Clock, ...]:
    """Return the clocks that a further reason starts on a case that is already open."""
    return tuple(CLOCKS[code] for code in _MORE_FOR.get(reason, ()))


def _working_days_after(day: date, n: int) -> date:
    while n:
        day += timedelta(1)
        n -= is_uk_working_day(day)
    return day


_COUNT: dict[Unit, Callable[[date, int, SchoolCalendar], date]] = {
    Unit.SCHOOL_DAYS: lambda day, n, calendar: calendar.after(day, n),
    Unit.DAYS: lambda day, n, calendar: day + timedelta(n),
    Unit.WEEKS: lambda day, n, calendar: day + timedelta(weeks=n),
    Unit.WORKING_DAYS: lambda day, n, calendar: _working_days_after(day, n),
}
