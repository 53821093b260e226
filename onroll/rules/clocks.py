"""Every clock a child's record runs on, what it counts, and who set it: law or policy (P32).

The law counts in three ways, and each clock says which: school days of one school (Regs 2024),
days (reg 13(1)), and days beginning with the day itself (EA96 s.437(2)). A local clock takes its
number from the policy; a clock of the law only where we have not read the text of the law.
"""

from collections.abc import Callable
from datetime import date, timedelta

from onroll.rules import age
from onroll.rules.calendar import SchoolCalendar, is_bank_holiday, is_weekend
from onroll.rules.clock import Clock, Unit
from onroll.rules.clocks_law import LAW_CLOCKS
from onroll.rules.clocks_local import LOCAL_CLOCKS
from onroll.rules.policy import LocalPolicy

__all__ = ["CLOCKS", "Clock", "Unit", "due_on", "for_case", "latest_move"]

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


def latest_move(*, born: date | None, on: date) -> date:
    """Return the last day to which a person may move a local clock on the day `on`.

    That is a year ahead, and not past compulsory school age, as long as that is ahead itself.
    """
    year = age.birthday(on, 1)
    ends_on = age.ends_on(born) if born else year
    return min(year, ends_on) if ends_on > on else year


def for_case(reason: str) -> tuple[Clock, ...]:
    """Return the clocks a new case starts, by the reason the child is on the register."""
    codes = _INSTEAD_FOR.get(reason, (*_EVERY_CASE, *_MORE_FOR.get(reason, ())))
    return tuple(CLOCKS[code] for code in codes)


def _working_days_after(day: date, n: int) -> date:
    while n:
        day += timedelta(1)
        n -= not (is_weekend(day) or is_bank_holiday(day))
    return day


_COUNT: dict[Unit, Callable[[date, int, SchoolCalendar], date]] = {
    Unit.SCHOOL_DAYS: lambda day, n, calendar: calendar.after(day, n),
    Unit.DAYS: lambda day, n, calendar: day + timedelta(n),
    Unit.WEEKS: lambda day, n, calendar: day + timedelta(weeks=n),
    Unit.WORKING_DAYS: lambda day, n, calendar: _working_days_after(day, n),
}
