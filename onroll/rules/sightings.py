"""That a child was seen and is safe, as a fact of its own: what one telling of it must say (P66).

Source: policy p.9 (a missing child is tracked, and that the child is safe is made sure of). What
the child says they want is asked at every visit.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.rules.risk import RiskAnswer


class Seen(StrEnum):
    """Whether the child was seen, and with whom."""

    ALONE = "alone"
    WITH = "with"
    NO = "no"


class Spot(StrEnum):
    """What kind of place it was."""

    HOME = "home"
    """An address on record."""
    SCHOOL = "school"
    ELSEWHERE = "elsewhere"


UNSAFE = (RiskAnswer.NO, RiskAnswer.NOT_SURE)
UNSAFE_TO_LIVE = (RiskAnswer.YES, RiskAnswer.NOT_SURE)
"""Answers to whether the child may be privately fostered, of which social care is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What somebody tells of one sighting. `is_safe` is None where nobody saw the child."""

    seen: Seen
    on: date
    by: str
    role: str
    spot: Spot
    place: str = ""
    """A school or another place in words; "" for an address on record."""
    company: str = ""
    """Who else was there."""
    is_safe: RiskAnswer | None = None
    safe_words: str = ""
    wishes: str = ""
    """What the child says they want, or why they were not asked."""
    said_by: str = ""
    """Who says so, where whoever writes it down did not see it."""

    fostering: RiskAnswer | None = None
    """Whether the child lives with somebody who is no parent and no close relative; None where it
    was not asked."""
    is_care_told: bool | None = None
    care_name: str = ""
    care_team: str = ""
    care_on: date | None = None
    """Who at social care was told of that, of which team, and on which day."""
    care_words: str = ""
    """Why nobody was told yet."""

    @property
    def may_be_fostered(self) -> bool:
        """Say whether social care is to be told: private fostering, or nobody is sure."""
        return self.fostering in UNSAFE_TO_LIVE

    @property
    def care(self) -> "Care":
        """Return who at social care was told."""
        return Care(name=self.care_name, team=self.care_team, on=self.care_on)

    @property
    def is_worry(self) -> bool:
        """Say whether the child is not safe, or nobody is sure."""
        return self.is_safe in UNSAFE


def lacking_in_telling(telling: Telling, *, today: date) -> dict[str, str]:
    """Return what a telling lacks or says that cannot be, as sentences by field."""
    was_seen = telling.seen is not Seen.NO
    checks = (
        ("on", telling.on > today, "The day must be today or in the past"),
        ("seen_by", not telling.by.strip(), "Enter who saw the child, or tried to"),
        ("role", not telling.role.strip(), "Enter what their role is, and their team or school"),
        (
            "place",
            telling.spot is not Spot.HOME and not telling.place.strip(),
            "Enter where it was",
        ),
        (
            "company",
            telling.seen is Seen.WITH and not telling.company.strip(),
            "Enter who else was there",
        ),
        ("is_safe", was_seen and telling.is_safe is None, "Select whether the child is safe"),
        (
            "is_safe",
            not was_seen and telling.is_safe is RiskAnswer.YES,
            "Nobody saw the child, so nobody knows that the child is safe: leave this open",
        ),
        (
            "safe_words",
            telling.is_worry and not telling.safe_words.strip(),
            "Say what you saw or heard",
        ),
        (
            "wishes",
            was_seen and not telling.wishes.strip(),
            "Enter what the child says they want, or why the child was not asked",
        ),
        (
            "is_care_told",
            telling.may_be_fostered and telling.is_care_told is None,
            "Select whether children’s social care was told where the child lives",
        ),
        (
            "care_words",
            telling.may_be_fostered
            and telling.is_care_told is False
            and not telling.care_words.strip(),
            "Say why nobody at social care was told",
        ),
    )
    lacks = {name: sentence for name, is_wrong, sentence in checks if is_wrong}
    if telling.may_be_fostered and telling.is_care_told:
        lacks |= lacking_in_care(telling.care, today=today)
    return lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Who at social care was told that a child may be privately fostered; or who decided that
    nobody is, when, and why not.

    Source: Children (Private Arrangements for Fostering) Regulations 2005: the authority is told.
    """

    name: str
    on: date | None
    team: str = ""
    """Of who was told; "" where nobody is."""
    why_not: str = ""


def lacking_in_care(care: Care, *, today: date) -> dict[str, str]:
    """Return what is lacking of who was told, or why nobody is, as sentences by field."""
    is_told = not care.why_not.strip()
    who = "Enter the name of who was told" if is_told else "Enter the name of who decided that"
    checks = (
        ("care_name", not care.name.strip(), who),
        ("care_team", is_told and not care.team.strip(), "Enter the team of who was told"),
        ("care_on", care.on is None, "Enter the day"),
        (
            "care_on",
            care.on is not None and care.on > today,
            "The day must be today or in the past",
        ),
    )
    return {name: sentence for name, is_wrong, sentence in checks if is_wrong}
