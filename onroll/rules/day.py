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
NOW = frozenset({Call.DANGER, Call.LAW_OVERDUE})
"""The calls that cannot wait for their turn: what is red."""
TODAY = frozenset(
    {
        Call.PASSED_ON,
        Call.NOT_ACCEPTED,
        Call.PROMISE_OVER,
        Call.PROMISED,
        Call.ARRIVED,
        Call.LOCAL_OVERDUE,
        Call.WAITS,
        Call.DUE_TODAY,
        Call.TO_RING,
    }
)
"""Those that are for today; the rest are for later."""


def call_of_clock(due_on: date, *, is_law: bool, on: date) -> Call | None:
    """Return how a running clock calls on a day; None for one that is due after this week."""
    if due_on < on:
        return Call.LAW_OVERDUE if is_law else Call.LOCAL_OVERDUE
    if due_on == on:
        return Call.DUE_TODAY
    return Call.DUE_THIS_WEEK if due_on <= _end_of_week(on) else None


def over_at(due: date | datetime) -> datetime:
    """Return when the time of what is due is over: the moment, or the midnight that ends a day."""
    if isinstance(due, datetime):
        return due
    return datetime.combine(due + _DAY, time(), ENGLAND)


def _end_of_week(on: date) -> date:
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
    by law and at all, what arrived first, and who looked last."""

    is_owned: bool
    opened_on: date
    law_due: date | None
    next_due: date | None
    arrived_at: datetime | None
    looked_at: datetime | None


def calls_of_case(case: DayCase, *, on: date) -> dict[Call, date | datetime]:
    """Return how a case calls on a day, each with since when.

    `law_due` is that of an overdue clock of the law; every other clock calls as one of ours.
    """
    calls: dict[Call, date | datetime] = {}
    if not case.is_owned:
        calls[Call.NOT_ACCEPTED] = case.opened_on
    if case.law_due:
        calls[Call.LAW_OVERDUE] = case.law_due
    if case.arrived_at:
        calls[Call.ARRIVED] = case.arrived_at
    if case.next_due and (call := call_of_clock(case.next_due, is_law=False, on=on)):
        calls[call] = case.next_due
    looked_on = case.looked_at.astimezone(ENGLAND).date() if case.looked_at else case.opened_on
    if looked_on < last_look_allowed(on):
        calls[Call.NOT_LOOKED_AT] = looked_on
    return calls


class Ask(StrEnum):
    """What a referral asks of a person; of several the first is done first."""

    PASSED_ON = "passed_on"
    BACK = "back"
    DECIDE = "decide"
    TAKE = "take"
    ACCEPT = "accept"
    HEAR = "hear"
    READ = "read"
    KNOW = "know"
    REVIEW = "review_risks"
    RING = "ring"
    RING_AGAIN = "ring_again"


_NO_DANGER = {Ask.KNOW, Ask.RING, Ask.RING_AGAIN}
"""What of an urgent referral somebody else has to do first, or is to be told to who sent it."""
_CALLS = {
    Ask.PASSED_ON: Call.PASSED_ON,
    Ask.BACK: Call.ARRIVED,
    Ask.TAKE: Call.ARRIVED,
    Ask.ACCEPT: Call.NOT_ACCEPTED,
    Ask.HEAR: Call.LOCAL_OVERDUE,
    Ask.READ: Call.ARRIVED,
    Ask.KNOW: Call.ARRIVED,
    Ask.REVIEW: Call.DANGER,
    Ask.RING: Call.TO_RING,
    Ask.RING_AGAIN: Call.TO_RING,
}
"""How each calls that is not urgent; what the hub has to decide calls by its clock."""


@dataclass(frozen=True, kw_only=True)
class DayReferral:
    """What the order of the day asks of a referral: `asks` are what it asks, each since when.

    `has_case` says that the person has the case of the child, or may take it, and is not the hub.
    """

    asks: Mapping[str, datetime]
    is_urgent: bool
    is_red: bool = False
    has_case: bool = False
    is_owned: bool
    due_on: date | None
    due_at: datetime | None


def first_ask(asks: Mapping[str, datetime]) -> Ask:
    """Return what is done first of all that a referral asks."""
    return next(ask for ask in Ask if ask in asks)


def calls_of_referral(
    referral: DayReferral, *, on: date, at: datetime
) -> dict[Call, date | datetime]:
    """Return how a referral calls on a day and at a moment of it, each with since when.

    Of a red one nobody has taken the child on until it is said who has them.
    """
    dangers = [since for ask, since in referral.asks.items() if _is_danger(Ask(ask), referral)]
    if dangers:
        return {Call.DANGER: min(dangers)}
    ask = first_ask(referral.asks)
    since = referral.asks[ask]
    if ask is Ask.HEAR and referral.is_red:
        return {Call.NOT_ACCEPTED: since}
    if call := _CALLS.get(ask):
        return {call: since}
    calls: dict[Call, date | datetime] = {}
    if not referral.is_owned:
        calls[Call.NOT_ACCEPTED] = since
    if referral.due_at and referral.due_at < at:
        calls[Call.PROMISE_OVER] = referral.due_at
    elif referral.due_at and referral.due_on == on:
        calls[Call.PROMISED] = referral.due_at
    elif referral.due_on and (call := call_of_clock(referral.due_on, is_law=False, on=on)):
        calls[call] = referral.due_at or referral.due_on
    return calls


def _is_danger(ask: Ask, referral: DayReferral) -> bool:
    """Say whether a child may be in danger until somebody does what a referral asks.

    What is new of one that is urgent or red may be that the police are to be rung, so that it is
    danger for who has the case until they have read it; the hub wrote it, or reads what others did
    about it. And so is a case that came of one until the greater risks are reviewed (policy p.5).
    """
    if ask is Ask.READ:
        return referral.has_case and (referral.is_urgent or referral.is_red)
    return ask is Ask.REVIEW or (referral.is_urgent and ask not in _NO_DANGER)
