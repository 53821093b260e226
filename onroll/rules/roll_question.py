"""Is this child on a roll: who may ask for what, how often, and the three answers.

Source: policy p.7, 19 (P60); trust.md 1.11; access matrix, row 43.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from onroll.rules.dated import in_words
from onroll.rules.hours import ENGLAND, Say, time_in_words


class Purpose(StrEnum):
    """For what a professional may ask: a closed list."""

    MET_CHILD = "met_child"
    CHILD_PROTECTION = "child_protection"
    HEALTH = "health"
    HOUSING = "housing"
    YOUTH_JUSTICE = "youth_justice"
    SCHOOL_PLACE = "school_place"


PURPOSES = {
    Purpose.MET_CHILD: "I met the child, and nobody could name a school",
    Purpose.CHILD_PROTECTION: "I work to keep the child safe",
    Purpose.HEALTH: "I look after the child’s health",
    Purpose.HOUSING: "I help the family with housing or benefits",
    Purpose.YOUTH_JUSTICE: "I supervise the child for youth justice",
    Purpose.SCHOOL_PLACE: "The family asks me for a school place",
}


class Reply(StrEnum):
    """What is answered, and nothing more."""

    YES = "yes"
    NO = "no"
    REFER = "refer"


@dataclass(frozen=True)
class OnRecord:
    """What counts of a child on record who certainly is the one asked about."""

    is_withheld: bool
    """Whether the identity or an address is protected, or the record is sealed."""
    is_certain: bool
    """Whether the record itself is sure: a date of birth that nobody guessed."""
    is_on_roll: bool
    """Whether a school says that the child is on its roll today."""
    is_perhaps_on_roll: bool
    """Whether somebody else says so, and no school has confirmed it."""


def reply(children: tuple[OnRecord, ...]) -> Reply:
    """Return the answer about the children on record who are certainly the one asked about.

    Yes and no are said of one child alone, of whom nothing is protected and nothing in doubt.
    """
    if len(children) != 1:
        return Reply.REFER
    (child,) = children
    if child.is_withheld or not child.is_certain:
        return Reply.REFER
    if child.is_on_roll:
        return Reply.YES
    return Reply.REFER if child.is_perhaps_on_roll else Reply.NO


@dataclass(frozen=True)
class Limit:
    """How many questions one person may ask within a time; `words` name both."""

    most: int
    time: timedelta
    words: str


LIMITS = (
    Limit(
        10,
        timedelta(hours=1),
        "You have asked about {most} children within an hour, as many as one person may.",
    ),
    Limit(
        30,
        timedelta(days=1),
        "You have asked about {most} children within a day, as many as one person may.",
    ),
)
"""The limits for one person, the shorter first."""


def limit_reached(asked: Iterable[datetime], *, at: datetime) -> tuple[Limit, datetime] | None:
    """Return the limit that a person has reached who asked at these moments, and when it ends.

    Of two the one that ends last; None for who may ask.
    """
    moments, reached = sorted(asked), []
    for limit in LIMITS:
        recent = [moment for moment in moments if moment > at - limit.time]
        if len(recent) >= limit.most:
            reached.append((limit, recent[-limit.most] + limit.time))
    return max(reached, key=lambda pair: pair[1], default=None)


AGAIN, AGAIN_ON = "You can ask again at {time}.", "You can ask again on {day} at {time}."
REFER_NOW = "If you are worried about this child, refer the child now."


def asked_too_often(
    limit: Limit,
    *,
    until: datetime,
    at: datetime,
    say: Say = str,
    say_day: Callable[[date], str] = in_words,
) -> str:
    """Return what is said to who has reached a limit: which one, and when they may ask again.

    `say` and `say_day` give the words and the day in the language of who asks.
    """
    whole = (until + timedelta(minutes=1) - timedelta(microseconds=1)).replace(
        second=0, microsecond=0
    )
    local = whole.astimezone(ENGLAND)
    is_today = local.date() == at.astimezone(ENGLAND).date()
    again = say(AGAIN if is_today else AGAIN_ON).format(
        day=say_day(local.date()), time=time_in_words(local.time(), say)
    )
    return " ".join((say(limit.words).format(most=limit.most), again, say(REFER_NOW)))


def words() -> tuple[str, ...]:
    """Return all that is said here, as it is translated when it is shown."""
    return (*PURPOSES.values(), *(limit.words for limit in LIMITS), AGAIN, AGAIN_ON, REFER_NOW)
