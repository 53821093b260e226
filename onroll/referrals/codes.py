"""How far a referral is, what is decided about it, and who refers: codes, and their words."""

from collections.abc import Sequence
from enum import StrEnum

from onroll.rules.hub_decisions import Decision as Decision  # its words and groups are below


class Stage(StrEnum):
    """How far a referral is."""

    QUARANTINE = "quarantine"
    CONTACT = "contact"
    SCREENING = "screening"
    HANDED_OVER = "handed_over"
    SENT_ON = "sent_on"
    ACCEPTED = "accepted"
    CLOSED = "closed"


AT_THE_HUB = (Stage.CONTACT.value, Stage.SCREENING.value)
UNDECIDED = (Stage.QUARANTINE.value, *AT_THE_HUB)
STAGE_TITLES = {
    Stage.QUARANTINE: "In quarantine",
    Stage.CONTACT: "New",
    Stage.SCREENING: "Being looked at",
    Stage.HANDED_OVER: "Waits to be accepted",
    Stage.SENT_ON: "Sent on",
    Stage.ACCEPTED: "Accepted",
    Stage.CLOSED: "Decided, and nothing waits",
}
ANOTHER_TEAM = "Another team has it now"
"""What is said in the place of the end where a child was passed on, as who referred reads it."""


class Quarantined(StrEnum):
    """What somebody answered about a referral in quarantine."""

    WAITING = "waiting"
    RELEASED = "released"
    REFUSED = "refused"


SENT_ON = (
    Decision.SOCIAL_CARE.value,
    Decision.ATTENDANCE.value,
    Decision.HOME_EDUCATION.value,
    Decision.OTHER_AUTHORITY.value,
    Decision.EARLY_HELP.value,
)
"""Decisions that send a child to somebody outside Onroll, who says that they have it."""

DECISION_TITLES = {
    Decision.LEAD_OFFICER: "To the lead officer for children missing education",
    Decision.SOCIAL_CARE: "To social care",
    Decision.ATTENDANCE: "To attendance",
    Decision.HOME_EDUCATION: "To home education",
    Decision.OTHER_AUTHORITY: "To another authority",
    Decision.OPEN_CASE: "Joined to an open case",
    Decision.EARLY_HELP: "To early help",
    Decision.ADVICE: "Advice only",
    Decision.NO_ACTION: "No further action",
}

SAME_CHILD = "same_child"
"""The outcome of a case that joined another of the same child: the work goes on there."""
BY_SETTING = "By the council’s setting this goes to home education, which has received it."
"""Why home education has a child about whom nobody at the hub decided."""


class Relation(StrEnum):
    """What the person who refers is to the child."""

    NEIGHBOUR = "neighbour"
    RELATIVE = "relative"
    PARENT = "parent"
    PROFESSIONAL = "professional"
    SCHOOL = "school"
    COUNCIL = "council"
    SOMEBODY_ELSE = "somebody_else"
    NOT_SAID = "not_said"
    CASE_WORKER = "case_worker"


RELATION_TITLES = {
    Relation.NEIGHBOUR: "A neighbour",
    Relation.RELATIVE: "A relative or a friend of the family",
    Relation.PARENT: "A parent or carer",
    Relation.PROFESSIONAL: "Somebody who works with children or families",
    Relation.SCHOOL: "A school",
    Relation.COUNCIL: "A council officer",
    Relation.SOMEBODY_ELSE: "Somebody else",
    Relation.CASE_WORKER: "Who works on the child’s open case",
    Relation.NOT_SAID: "Somebody who did not say how they know the child",
}

CHANNELS = (
    ("telephone", "By telephone"),
    ("letter", "By letter"),
    ("email", "By email"),
    ("person", "In person"),
)
"""How a referral came that an officer typed in."""


def which_children(numbers: Sequence[int]) -> str:
    """Return of which children of a referral something is, as *(child 2)*; nothing for none."""
    if not numbers:
        return ""
    words = " and ".join(str(number) for number in numbers)
    return f" (child {words})" if len(numbers) == 1 else f" (children {words})"
