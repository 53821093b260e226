"""What a clock is: how much of what it counts, from when, and who set it (P32)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from onroll.rules.dated import Dated
from onroll.rules.policy import LocalPolicy


class Unit(StrEnum):
    """What a clock counts."""

    SCHOOL_DAYS = "school_days"
    DAYS = "days"
    WEEKS = "weeks"
    WORKING_DAYS = "working_days"
    """Of England: a bank holiday of Scotland alone is one."""
    UK_WORKING_DAYS = "uk_working_days"
    """Not a bank holiday in any part of the United Kingdom, as FOIA s.10(6) counts."""
    HOURS = "hours"
    """Of every day and night: they end at a time, and do not stop when the office closes."""

    @property
    def words(self) -> str:
        """Return what is counted, in words: "school days"."""
        return self.value.replace("_", " ").replace("uk", "UK")


@dataclass(frozen=True, kw_only=True)
class Clock(Dated):
    """One time limit, as it stands on the days on which it holds.

    `setting` names the local policy's number, if it may set one. `is_start_counted` is true where
    the first day counts itself ("beginning with"). `evidence` says how the source was seen:
    `read` in its own text, `reported` by others, or `recalled` and to be confirmed.
    """

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

    def length(self, policy: LocalPolicy, *, on: date | None = None) -> int:
        """Return how many units this clock counts under a policy, when it starts on a day."""
        if not self.setting:
            return self.n
        return int(getattr(policy if on is None else policy.on(on), self.setting))
