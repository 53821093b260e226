"""How far a referral is, in words for the person who made it.

They tell nobody anything about the child, not even whether a child is known (trust 4.1, no 9). So
all that the hub may decide has the same words, from the decision until the work is over. They are
true at every moment of that time, before somebody accepts the work and after it, and where it
joined a case that is open.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain

from onroll.referrals.codes import UNDECIDED, Stage
from onroll.referrals.definition.kinds import Depth
from onroll.rules.further_checks import KEEPS_ON_ROLL, TELLS_AT_ONCE

LINK_DAYS = timedelta(days=90)
"""For so long after the close a private link leads to the page."""


class Status(StrEnum):
    """What the person who referred may know."""

    RECEIVED = "received"
    READ = "read"
    DECIDED = "decided"
    PASSED = "passed"
    """Somebody else has the child and decides: the work on it has passed to them."""
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
        "We have decided what happens next",
        "A person has read your form and decided what to do. We cannot tell you what it is. "
        "If another person takes it on, they accept it by name.",
        "You need do nothing.",
    ),
    Status.PASSED: StatusWords(
        "Another team has it now",
        "We passed on what you told us. Another team has it and does what comes next. "
        "We cannot tell you which team it is.",
        "You need do nothing. We tell you no more about it here. Are you worried again? "
        "Tell us at once.",
    ),
    Status.FINISHED: StatusWords(
        "Our work is over",
        "We have finished our work on your form. We cannot tell you what we found out.",
        "Someone reads what you add here. Are you worried again? Tell us at once.",
    ),
}
NOT_ALIKE = StatusWords(
    "It is not the same for each child",
    "You told us about more than one child. Here you see how far each one is.",
    "",
)
"""Heads the page where the children of one form are at different statuses."""
_HUB_DECIDED = StatusWords(
    "The hub has decided",
    "The page of the case says what the hub decided. The case is open, and the work on it goes on.",
    "You work on the case. Send it to the hub again if something new worries you.",
)
OF_CASE: dict[Status, StatusWords] = {
    Status.RECEIVED: StatusWords(
        "The hub has your case",
        "What you wrote is kept. The case is on the list of the hub.",
        "Somebody at the hub accepts it by name. The case stays yours meanwhile.",
    ),
    Status.READ: StatusWords(
        "Somebody at the hub looks at your case",
        "The page of the case says who has accepted it.",
        "They decide what to do. The case stays yours meanwhile.",
    ),
    Status.DECIDED: _HUB_DECIDED,
    Status.PASSED: _HUB_DECIDED,
    Status.FINISHED: _HUB_DECIDED,
}
"""The same to an officer who sent an open case to the hub: the hub ends no case (P42)."""
OF_CLOSED_CASE = StatusWords(
    "The hub has decided, and the case is closed",
    "The page of the case says what the hub decided, and how the case ended.",
    "Nothing.",
)
MESSAGE_WHEN_OVER = "We tell you here when our work is over."
NO_MORE = "We tell you no more about it here."
DUTIES = (KEEPS_ON_ROLL, TELLS_AT_ONCE)
"""What a school does whatever is decided: a page of many referrals says it once."""
AT_WORK: dict[tuple[Status, Depth], tuple[str, ...]] = {
    (Status.DECIDED, Depth.SCHOOL): (*DUTIES, MESSAGE_WHEN_OVER),
    (Status.PASSED, Depth.SCHOOL): (*DUTIES, NO_MORE),
    (Status.PASSED, Depth.PROFESSIONAL): (TELLS_AT_ONCE, NO_MORE),
    (Status.FINISHED, Depth.SCHOOL): DUTIES,
    (Status.DECIDED, Depth.PROFESSIONAL): (TELLS_AT_ONCE, MESSAGE_WHEN_OVER),
    (Status.FINISHED, Depth.PROFESSIONAL): (TELLS_AT_ONCE,),
}
"""What is awaited of who refers at work: a decision ends none of what the policy asks (p.8-9)."""


def words() -> Iterator[str]:
    """Yield all that is said to who came by a private link, as it is translated when shown."""
    for status in (*WORDS.values(), NOT_ALIKE):
        yield from filter(None, astuple(status))
    yield from chain.from_iterable(AT_WORK.values())


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

ENDED = (Stage.SENT_ON, Stage.ACCEPTED, Stage.CLOSED)
"""Stages that are over once the cases that came of the referral are closed; without a case, at
once. One that is sent on is so once somebody has each child: what comes of it there is theirs."""


def finished_on(
    stage: Stage,
    *,
    decided_on: date | None,
    cases_closed_on: Sequence[date | None],
    is_untaken: bool = False,
) -> date | None:
    """Return the day on which the work on a referral was over; None while it goes on.

    `cases_closed_on` are the days on which the cases of its children were closed, None for one that
    is open. A referral that joined a case of which somebody knew ends with it, as another does.
    `is_untaken` is true while nobody says that they have one of the children.
    """
    if stage not in ENDED or decided_on is None or is_untaken:
        return None
    if not cases_closed_on:
        return decided_on
    days = [day for day in cases_closed_on if day is not None]
    return max(days) if len(days) == len(cases_closed_on) else None


def status_of(stage: Stage, finished: date | None, of_children: Collection[Status] = ()) -> Status:
    """Return what the person who referred may know of the whole; `of_children` is that of each."""
    if finished is None:
        return OF_STAGE[stage]
    return Status.PASSED if set(of_children) == {Status.PASSED} else Status.FINISHED


def status_of_child(
    stage: Stage, *, waits: bool, is_passed_on: bool, cases_closed_on: Sequence[date | None]
) -> Status:
    """Return what the person who referred may know of one child.

    Until the hub has decided about all of them, each reads as the whole: a child with an open case
    goes to its worker at once, so another status would tell that the child is known.
    """
    if stage.value in UNDECIDED:
        return OF_STAGE[stage]
    if waits or None in cases_closed_on:
        return Status.DECIDED
    return Status.PASSED if is_passed_on else Status.FINISHED


def awaited_from(status: Status, depth: str) -> Sequence[str]:
    """Return in sentences what is awaited of who referred with the form of a depth."""
    of_anyone = (WORDS[status].awaited, *([MESSAGE_WHEN_OVER] if status is Status.DECIDED else []))
    return AT_WORK.get((status, Depth(depth)), of_anyone)


def is_link_valid(finished: date | None, *, on: date) -> bool:
    """Return whether a private link still leads to the page on a day."""
    return finished is None or on <= finished + LINK_DAYS
