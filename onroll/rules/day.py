"""The order of an officer's day: what calls first, and why.

No clause fixes it. A child in danger comes first. What waited too long with somebody else comes
next, and then what nobody has taken on, since nobody else will do it. A clock of the law comes
before one of the authority, and so does an hour by which the hub promised its decision to who
referred: they wait for it today, and what is ours alone and weeks old is no worse tomorrow. What
has arrived comes before what we set ourselves. Who is to be rung has left no other way to be told,
but the child does not wait for it: that comes after what is due today.

The oldest of a kind comes first; but a list, which is one row for all that stands on it, comes
after every row of its kind about one child. How old the oldest of thirty things is says nothing of
the other twenty-nine, the list is that of a desk and not of one person, and it stands among the
numbers below whatever its place here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

from onroll.rules.calendar import is_working_day
from onroll.rules.hours import ENGLAND

NOT_LOOKED_AT_DAYS = 10
"""Working days, so that neither August nor Christmas is a hole in which a child is forgotten."""

_DAY = timedelta(days=1)
_SUNDAY = 6


class Call(StrEnum):
    """Why something stands on the list of a person's day."""

    DANGER = "danger"
    PASSED_ON = "passed_on"
    NOT_ACCEPTED = "not_accepted"
    LAW_OVERDUE = "law_overdue"
    PROMISE_OVER = "promise_over"
    PROMISED = "promised"
    ARRIVED = "arrived"
    LOCAL_OVERDUE = "local_overdue"
    WAITS = "waits"
    DUE_TODAY = "due_today"
    TO_RING = "to_ring"
    DUE_THIS_WEEK = "due_this_week"
    NOT_LOOKED_AT = "not_looked_at"


@dataclass(frozen=True)
class Place:
    """One line of the order: the call, why it stands there in a few words, and how it is drawn.

    Red (`late`) is for danger and for an overdue clock of the law alone, amber (`soon`) for what is
    late or due today by a clock of ours.
    """

    call: Call
    because: str
    meaning: Literal["late", "soon", "new", "quiet"]


ORDER: tuple[Place, ...] = (
    Place(Call.DANGER, "A child may be in danger", "late"),
    Place(Call.PASSED_ON, "Passed on to you", "soon"),
    Place(Call.NOT_ACCEPTED, "Nobody has taken it on", "soon"),
    Place(Call.LAW_OVERDUE, "Overdue by law", "late"),
    Place(Call.PROMISE_OVER, "Later than was promised", "soon"),
    Place(Call.PROMISED, "Promised for today", "soon"),
    Place(Call.ARRIVED, "Something has arrived", "new"),
    Place(Call.LOCAL_OVERDUE, "Overdue by our own limit", "soon"),
    Place(Call.WAITS, "Waits for your answer", "soon"),
    Place(Call.DUE_TODAY, "Due today", "soon"),
    Place(Call.TO_RING, "Somebody waits to be told", "soon"),
    Place(Call.DUE_THIS_WEEK, "Due this week", "quiet"),
    Place(Call.NOT_LOOKED_AT, f"Not looked at for {NOT_LOOKED_AT_DAYS} working days", "quiet"),
)
"""The order of the day."""

PLACES = {place.call: place for place in ORDER}
RANKS = {place.call: rank for rank, place in enumerate(ORDER)}
FIRST = (Call.DANGER, Call.PASSED_ON, Call.NOT_ACCEPTED, Call.LAW_OVERDUE)
"""The calls that come first, each counted by itself above the list: the last red one, and all that
stands before it."""
TODAY = frozenset(
    {
        Call.PROMISE_OVER,
        Call.PROMISED,
        Call.ARRIVED,
        Call.LOCAL_OVERDUE,
        Call.WAITS,
        Call.DUE_TODAY,
        Call.TO_RING,
    }
)
"""Those that are for today besides; the rest are for later."""


def call_of_clock(due_on: date, *, is_law: bool, on: date) -> Call | None:
    """Return how a running clock calls on a day; None for one that is due after this week."""
    if due_on < on:
        return Call.LAW_OVERDUE if is_law else Call.LOCAL_OVERDUE
    if due_on == on:
        return Call.DUE_TODAY
    return Call.DUE_THIS_WEEK if due_on <= end_of_week(on) else None


def over_at(due: date | datetime) -> datetime:
    """Return when the time of what is due is over: the moment, or the midnight that ends a day."""
    if isinstance(due, datetime):
        return due
    return datetime.combine(due + _DAY, time(), ENGLAND)


def end_of_week(on: date) -> date:
    """Return the Sunday of a week: what is due after it does not call."""
    return on + _DAY * (_SUNDAY - on.weekday())


def last_look_allowed(on: date) -> date:
    """Return the day before which nobody may have looked last: ten working days before a day."""
    return working_days_before(on, NOT_LOOKED_AT_DAYS)


def working_days_before(on: date, number: int) -> date:
    """Return the day that lies a number of working days before a day."""
    day, left = on, number
    while left:
        day -= _DAY
        left -= is_working_day(day)
    return day


def gravest(calls: Mapping[Call, date | datetime]) -> Call | None:
    """Return the call that comes first of those that one thing has; None for none."""
    return min(calls, key=RANKS.__getitem__, default=None)


def order(
    call: Call, since: date | datetime, *, is_list: bool = False
) -> tuple[int, bool, datetime]:
    """Return what sorts the rows of a day: by the place of the call, then the oldest first, and
    a list after what is about one child."""
    if not isinstance(since, datetime):
        since = datetime.combine(since, time(), ENGLAND)
    return RANKS[call], is_list, since


@dataclass(frozen=True, kw_only=True)
class DayCase:
    """What the order of the day asks of an open case: since when nobody has it, what is due first
    by law and at all, what arrived first, and who looked last.

    `unsafe_at`: since when it is on record that the child is not known to be safe, and nobody has
    said what was done. `care_at`: the same of telling social care of private fostering.
    """

    is_owned: bool
    opened_on: date
    law_due: date | None
    next_due: date | None
    arrived_at: datetime | None
    looked_at: datetime | None
    unsafe_at: datetime | None = None
    care_at: datetime | None = None


def calls_of_case(case: DayCase, *, on: date) -> dict[Call, date | datetime]:
    """Return how a case calls on a day, each with since when.

    `law_due` is that of an overdue clock of the law; every other clock calls as one of ours.
    """
    calls: dict[Call, date | datetime] = {}
    if case.unsafe_at:
        calls[Call.DANGER] = case.unsafe_at
    if not case.is_owned:
        calls[Call.NOT_ACCEPTED] = case.opened_on
    if case.law_due:
        calls[Call.LAW_OVERDUE] = case.law_due
    # That a child may be privately fostered is news that nobody has passed on yet.
    if arrived := [at for at in (case.arrived_at, case.care_at) if at]:
        calls[Call.ARRIVED] = min(arrived)
    # The first clock of all may be that of the law.
    next_due = case.next_due if case.next_due != case.law_due else None
    if next_due and (call := call_of_clock(next_due, is_law=False, on=on)):
        calls[call] = next_due
    looked_on = case.looked_at.astimezone(ENGLAND).date() if case.looked_at else case.opened_on
    if looked_on < last_look_allowed(on):
        calls[Call.NOT_LOOKED_AT] = looked_on
    return calls
