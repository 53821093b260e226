"""How far a referral is, in words for the person who made it.

They tell nobody anything about the child, not even whether a child is known (trust 4.1, no 9). So
all that the hub may decide has the same words, from the decision until the work is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from onroll.referrals.codes import Stage
from onroll.referrals.definition.kinds import Depth
from onroll.rules.further_checks import KEEPS_ON_ROLL, TELLS_AT_ONCE

LINK_DAYS = timedelta(days=90)
"""For so long after the close a private link leads to the page."""


class Status(StrEnum):
    """What the person who referred may know."""

    RECEIVED = "received"
    READ = "read"
    DECIDED = "decided"
    FINISHED = "finished"


@dataclass(frozen=True)
class StatusWords:
    """A status as its page says it: a title, what it means, and what is awaited."""

    title: str
    means: str
    awaited: str


WORDS = {
    Status.RECEIVED: StatusWords(
        "We have your form",
        "All that you wrote is kept. It is on the list of the people who read these forms.",
        "Someone reads it and decides what to do.",
    ),
    Status.READ: StatusWords(
        "Someone reads your form",
        "A person has your form and looks into it.",
        "They decide what to do.",
    ),
    Status.DECIDED: StatusWords(
        "We know what to do",
        "A person has read your form and decided what to do. We cannot tell you what it is.",
        "You need do nothing. We tell you here when our work is over.",
    ),
    Status.FINISHED: StatusWords(
        "Our work is over",
        "We have finished our work on your form. We cannot tell you what we found out.",
        "Nothing. Are you worried again? Tell us at once.",
    ),
}
MESSAGE_WHEN_OVER = "We tell you here when our work is over."
AT_WORK: dict[tuple[Status, Depth], tuple[str, ...]] = {
    (Status.DECIDED, Depth.SCHOOL): (KEEPS_ON_ROLL, TELLS_AT_ONCE, MESSAGE_WHEN_OVER),
    (Status.FINISHED, Depth.SCHOOL): (KEEPS_ON_ROLL, TELLS_AT_ONCE),
    (Status.DECIDED, Depth.PROFESSIONAL): (TELLS_AT_ONCE, MESSAGE_WHEN_OVER),
    (Status.FINISHED, Depth.PROFESSIONAL): (TELLS_AT_ONCE,),
}
"""What is awaited of who refers at work: a decision ends none of what the policy asks (p.8-9)."""
OF_STAGE = {
    Stage.QUARANTINE: Status.RECEIVED,
    Stage.CONTACT: Status.RECEIVED,
    Stage.SCREENING: Status.READ,
    Stage.HANDED_OVER: Status.DECIDED,
    Stage.SENT_ON: Status.DECIDED,
    Stage.ACCEPTED: Status.DECIDED,
    Stage.CLOSED: Status.DECIDED,
}
"""Which status each stage has while something of it is still open."""

ENDED = (Stage.ACCEPTED, Stage.CLOSED)
"""Stages that are over once the cases that came of the referral are closed; without a case, at
once."""


def finished_on(
    stage: Stage, *, decided_on: date | None, cases_closed_on: Sequence[date | None]
) -> date | None:
    """Return the day on which the work on a referral was over; None while it goes on.

    `cases_closed_on` are the days on which the cases of its children were closed, None for one that
    is open. A referral that joined a case of which somebody knew ends with it, as another does.
    """
    if stage not in ENDED or decided_on is None:
        return None
    if not cases_closed_on:
        return decided_on
    days = [day for day in cases_closed_on if day is not None]
    return max(days) if len(days) == len(cases_closed_on) else None


def status_of(stage: Stage, finished: date | None) -> Status:
    """Return what the person who referred may know."""
    return Status.FINISHED if finished else OF_STAGE[stage]


def awaited_from(status: Status, depth: str) -> Sequence[str]:
    """Return in sentences what is awaited of who referred with the form of a depth."""
    return AT_WORK.get((status, Depth(depth)), (WORDS[status].awaited,))


def is_link_valid(finished: date | None, *, on: date) -> bool:
    """Return whether a private link still leads to the page on a day."""
    return finished is None or on <= finished + LINK_DAYS
