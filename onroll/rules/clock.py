"""What a clock is: how much of what it counts, from when, and who set it (P32)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from onroll.rules.policy import LocalPolicy


class Unit(StrEnum):
    """What a clock counts."""

    SCHOOL_DAYS = "school_days"
    DAYS = "days"
    WEEKS = "weeks"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One time limit.

    `setting` names the local policy's number, if it may set one. `is_start_counted` is true where
    the first day counts itself ("beginning with"). `evidence` says how the source was seen:
    `read` in its own text, `reported` by others, or `recalled` and to be confirmed.
    """

    code: str
    title: str
    n: int
    unit: Unit
    counts_from: str
    then: str
    source: str
    clause: str = ""
    basis: Literal["law", "local"] = "law"
    setting: str = ""
    is_start_counted: bool = False
    evidence: Literal["read", "reported", "recalled"] = "read"

    def length(self, policy: LocalPolicy) -> int:
        """Return how many units this clock counts under a policy."""
        return int(getattr(policy, self.setting)) if self.setting else self.n
