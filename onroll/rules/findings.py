"""What a list shows of a child when it is compared with what is known, and what that obliges us to.

Source: EA96 s.436A; policy p.3, 8, 17, 18.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What a list shows of a child. The values are stored, and named in the local policy."""

    VANISHED = "vanished"
    NEVER_ARRIVED = "never_arrived"
    ON_TWO = "on_two"
    ON_NONE = "on_none"


@dataclass(frozen=True, slots=True)
class FindingType:
    """One kind: its title, what obliges us to follow it up, and what may be done about it."""

    title: str
    clause: str
    is_of_nobody: bool = True
    """Nobody has the child, as far as is known: it may open a case, and any news of a place
    explains it."""
    ends_stay: bool = False
    """The child is no longer, or was never, at the school that is named: a stay there ends."""
    reason: str = "on_no_list"
    """Why the child is on the register, if it opens a case (`reasons.CASE_REASONS`)."""


FINDINGS: Mapping[str, FindingType] = {
    FindingKind.VANISHED: FindingType(
        "Gone from the roll", "EA96 s.436A; policy p.17, 18", ends_stay=True
    ),
    FindingKind.NEVER_ARRIVED: FindingType(
        "Never arrived", "EA96 s.436A; policy p.3, 8", ends_stay=True, reason="never_arrived"
    ),
    FindingKind.ON_TWO: FindingType("On two rolls", "policy p.17", is_of_nobody=False),
    FindingKind.ON_NONE: FindingType("On no roll", "EA96 s.436A; policy p.18"),
}

OF_NOBODY = tuple(kind.value for kind in FindingKind if FINDINGS[kind].is_of_nobody)
"""The kinds of findings of children whom nobody has, as they are stored."""
