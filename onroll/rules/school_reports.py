"""Where a school's report of home education, an unknown destination or a protection concern goes.

Source: policy p.7 sends home education to the officer for it, p.9 sends all three to the hub (P68).
An authority sets which, once for all. A protection concern and an unknown destination reach the hub
whatever is set: policy p.9 and p.16 leave no choice there. What is for home education alone stays
on the hub's list until that officer has received it by name, since a referral that waits unseen can
be lost; then it leaves that list. An urgent one stays there until the hub has decided.
"""

from collections.abc import Collection
from enum import StrEnum


class Concern(StrEnum):
    """What a school reports."""

    HOME_EDUCATION = "home_education"
    UNKNOWN_DESTINATION = "unknown_destination"
    PROTECTION = "protection"


CONCERN_TITLES = {
    Concern.HOME_EDUCATION: "Home education",
    Concern.UNKNOWN_DESTINATION: "Unknown destination",
    Concern.PROTECTION: "A protection concern",
}


class Desk(StrEnum):
    """Who receives it."""

    HUB = "hub"
    HOME_EDUCATION = "home_education"


BOTH = "both"
SETTINGS = (Desk.HUB.value, Desk.HOME_EDUCATION.value, BOTH)
"""What `school_reports_to` can be set to."""


def desks(concerns: Collection[Concern], *, setting: str) -> frozenset[Desk]:
    """Return who receives a school's report; the hub alone where it is none of the three."""
    if not concerns or setting == Desk.HUB:
        return frozenset({Desk.HUB})
    if setting == BOTH or set(concerns) - {Concern.HOME_EDUCATION}:
        return frozenset(Desk)
    return frozenset({Desk.HOME_EDUCATION})
