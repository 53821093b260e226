"""Action points: what somebody is asked to do on a case, by whom, and how each may end.

Agencies that meet and managers who audit set them, and the policy names none of those (ADR 0045).
One it asks for by itself: a child who is found is followed by a new transfer file (p.17). What is
to be done has a clock of its own that comes back until somebody writes what became of it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """What asks for it."""

    MEETING = "of_meeting"
    CASE_AUDIT = "of_case_audit"
    CLOSING = "of_closing"


@dataclass(frozen=True)
class OriginRule:
    """How an origin is called, its clock, and the local number of days that it may set at most."""

    title: str
    asked: str
    """What it did, before its reference and what is to be done."""
    clock: str
    setting: str

    def name(self, ref: str) -> str:
        """Return the origin with its reference."""
        return f"{self.title} {ref}"


ORIGINS = {
    Origin.MEETING: OriginRule(
        "Meeting of agencies", "Decided at the", "meeting_decision", "meeting_decision_days"
    ),
    Origin.CASE_AUDIT: OriginRule(
        "Case audit", "Asked for by", "audit_action", "audit_action_days"
    ),
    Origin.CLOSING: OriginRule(
        "Closing of case", "Asked for by the", "new_file", "new_file_school_days"
    ),
}


class Fate(StrEnum):
    """What becomes of an action point."""

    DONE = "is_done"
    GIVEN_UP = "is_given_up"
    GOES_ON = "goes_on"


FATES = {
    Fate.DONE: "It is done",
    Fate.GIVEN_UP: "It is given up",
    Fate.GOES_ON: "It goes on, though the case is closed",
}
"""What a case that closes asks of each that is open: none ends, or goes on, without a word."""
ENDINGS = (Fate.DONE, Fate.GIVEN_UP)
"""What may become of one on any other day."""
