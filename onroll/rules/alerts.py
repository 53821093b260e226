"""What is asked again of alerts that somebody has seen or muted, and what may never be muted.

No clause fixes it. Several alerts of one kind on a case are one thing to look at. Who has seen them
is not told of them again, but everybody else is. Muted, nobody is told of them until a day. Neither
is for good: what is seen or muted comes back when one as grave is raised after it, and a mute ends
on its day, and as soon as the child may be in danger. A clock is no alert, and cannot be muted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from onroll.rules.dated import in_words

GRAVITY = (
    "lost_again",
    "doubted",
    "reopened",
    "untraced",
    "lead",
    "claim",
    "located",
    "over_age",
)
"""The kinds of alerts, the gravest first."""
NEVER_MUTED = frozenset({"lost_again", "doubted", "reopened", "untraced"})
"""Kinds that say that nobody knows where a child is who was found, or was never traced, or that
the hub doubts what is known."""
LONGEST_MUTE = timedelta(days=28)
"""A case is thought about again after four weeks at the latest (policy p.18)."""

_DAY = timedelta(days=1)


class Word(StrEnum):
    """What somebody says of the alerts of one kind on a case."""

    SEEN = "seen"
    MUTED = "muted"
    BACK = "back"
    """They are to be shown to everybody again."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert on a case that nobody has settled."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """A word about the alerts of a kind: whose, when, and of a mute until which day and why."""

    word: str
    kind: str
    at: datetime
    by: int
    name: str = ""
    until: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """All alerts of one kind on a case: how many, since when, who has seen them, and the mute."""

    kind: str
    number: int
    since: datetime
    mute: Remark | None
    looks: tuple[Remark, ...]

    def calls(self, person: int) -> bool:
        """Say whether a person is told of them."""
        return self.mute is None and all(remark.by != person for remark in self.looks)


def groups(
    raised: Sequence[Raised], remarks: Sequence[Remark], *, is_grave: bool, on: date
) -> list[Group]:
    """Return the alerts of a case by kind, the gravest kind first.

    `is_grave` says that the child of the case may be in danger.
    """
    kinds = sorted({alert.kind for alert in raised}, key=GRAVITY.index)
    return [_group(kind, raised, remarks, is_grave=is_grave, on=on) for kind in kinds]


def _group(
    kind: str, raised: Sequence[Raised], remarks: Sequence[Remark], *, is_grave: bool, on: date
) -> Group:
    times = [alert.at for alert in raised if alert.kind == kind]
    standing = _standing(kind, raised, remarks)
    mutes = [word for word in standing if word.word == Word.MUTED]
    mute = max(mutes, key=lambda word: word.at, default=None)
    if mute is not None and (is_grave or mute.until is None or mute.until <= on):
        mute = None
    looks = {word.by: word for word in standing if word.word == Word.SEEN}
    return Group(kind, len(times), min(times), mute, tuple(looks.values()))


def _standing(kind: str, raised: Iterable[Raised], remarks: Iterable[Remark]) -> list[Remark]:
    """Return the words about a kind that hold still: after which neither an alert as grave was
    raised, nor somebody said that it is to be shown again."""
    about = [word for word in remarks if word.kind == kind]
    ends = [alert.at for alert in raised if _is_as_grave(alert.kind, kind)]
    last_raised = max(ends)
    backs = [word.at for word in about if word.word == Word.BACK]
    return [
        word
        for word in about
        if word.word != Word.BACK and word.at >= last_raised and all(word.at > at for at in backs)
    ]


def _is_as_grave(kind: str, than: str) -> bool:
    return GRAVITY.index(kind) <= GRAVITY.index(than)


def why_no_mute(kind: str, *, is_grave: bool) -> str:
    """Say why the alerts of a kind cannot be muted; nothing where they can."""
    if is_grave:
        return "The child may be in danger. What is raised on this case cannot be muted."
    if kind == "doubted":
        return "The hub doubts what this case says. That cannot be muted."
    if kind in NEVER_MUTED:
        return "Nobody knows where this child is. That cannot be muted."
    return ""


def days_of_mute(on: date) -> tuple[date, date]:
    """Return the first and the last day until which something may be muted on a day."""
    return on + _DAY, on + LONGEST_MUTE


def why_not_until(until: date, *, on: date) -> str:
    """Say why something cannot be muted until a day; nothing where it can."""
    first, last = days_of_mute(on)
    if first <= until <= last:
        return ""
    return f"The day must be from {in_words(first)} to {in_words(last)}"
