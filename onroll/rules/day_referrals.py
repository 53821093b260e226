"""What a referral asks of a person on a day, and how it calls (`rules.day` has the order)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum, auto

from onroll.rules.day import Call, call_of_clock


class Ask(StrEnum):
    """What a referral asks of a person; of several the first is done first."""

    PASSED_ON = "passed_on"
    BACK = "back"
    DECIDE = "decide"
    TAKE = "take"
    ACCEPT = "accept"
    HEAR = "hear"
    WARN = "warn"
    ADDED = "added"
    READ = "read"
    KNOW = "know"
    WATCH = "watch"
    REVIEW = "review_risks"
    RING = "ring"
    RING_AGAIN = "ring_again"


class Danger(Enum):
    """When it is danger that nobody has done yet what a referral asks."""

    ALWAYS = auto()
    IF_URGENT = auto()
    IF_GRAVE = auto()
    """Of an urgent or a red one."""
    IF_GRAVE_AND_MINE = auto()
    """Of an urgent or a red one, for who has the case of the child."""


_DANGER = {
    Ask.PASSED_ON: Danger.IF_GRAVE,
    Ask.BACK: Danger.IF_GRAVE,
    Ask.DECIDE: Danger.IF_GRAVE,
    Ask.TAKE: Danger.IF_GRAVE,
    Ask.ACCEPT: Danger.IF_GRAVE,
    Ask.HEAR: Danger.IF_URGENT,
    Ask.WATCH: Danger.IF_GRAVE,
    Ask.ADDED: Danger.IF_GRAVE,
    Ask.READ: Danger.IF_GRAVE_AND_MINE,
    Ask.WARN: Danger.ALWAYS,
    Ask.REVIEW: Danger.ALWAYS,
}
"""What is danger, and when; nothing else is.

What somebody adds to an urgent or a red one may be worse than all that was told before, whatever
was decided meanwhile. What else is new of one may be that the police are to be rung: the hub wrote
it, or reads what others did about it, but who has the case has to read it. A case that came of one
is danger until the greater risks are reviewed (policy p.5), and one that joined a case, of a child
of whom the hub does not know that they are safe, until who has the case has read it (policy p.9).
"""
_CALLS = {
    Ask.PASSED_ON: Call.PASSED_ON,
    Ask.BACK: Call.NOT_ACCEPTED,
    Ask.TAKE: Call.ARRIVED,
    Ask.ACCEPT: Call.NOT_ACCEPTED,
    Ask.HEAR: Call.LOCAL_OVERDUE,
    Ask.ADDED: Call.ARRIVED,
    Ask.READ: Call.ARRIVED,
    Ask.KNOW: Call.ARRIVED,
    Ask.WATCH: Call.PROMISE_OVER,
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
    """Say whether a child may be in danger until somebody does what a referral asks."""
    match _DANGER.get(ask):
        case Danger.ALWAYS:
            return True
        case Danger.IF_URGENT:
            return referral.is_urgent
        case Danger.IF_GRAVE:
            return referral.is_urgent or referral.is_red
        case Danger.IF_GRAVE_AND_MINE:
            return referral.has_case and (referral.is_urgent or referral.is_red)
        case _:
            return False
