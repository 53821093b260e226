"""What is written down where a worry ends without a referral, and after a call about danger.

The four that need no referral are true only if somebody can say what makes them so; without that
they are a referral. Source: policy p.4, 7-9 (P14, P15).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

A_TERM = timedelta(weeks=16)
"""A day to come that is further off is asked about again: the longest term has fifteen weeks, and
until it comes nobody would look for the child. Source: Onroll."""


class Kind(StrEnum):
    """What is written down: the four of `rules.circumstances`, and the call to the hub."""

    ADMITTED_ELSEWHERE = "admitted_elsewhere"
    APPLIED_ELSEWHERE = "applied_elsewhere"
    LEFT_COUNTRY_PROVED = "left_country_proved"
    POOR_ATTENDANCE = "poor_attendance"
    CALL = "call"


@dataclass(frozen=True)
class Proof:
    """One thing that somebody has to know: a day where `is_day` is true, else words."""

    code: str
    words: str
    is_day: bool = False
    is_past: bool = True
    """Whether a day must have come."""


TITLES = {
    Kind.ADMITTED_ELSEWHERE: "Admitted to another school",
    Kind.APPLIED_ELSEWHERE: "Applied in another borough",
    Kind.LEFT_COUNTRY_PROVED: "Leaving the United Kingdom",
    Kind.POOR_ATTENDANCE: "Poor attendance, and we know where the child is",
    Kind.CALL: "The call about a child in danger",
}
PROOFS = {
    Kind.ADMITTED_ELSEWHERE: (
        Proof("school", "Which school is it?"),
        Proof("first_day", "First day there", is_day=True, is_past=False),
    ),
    Kind.APPLIED_ELSEWHERE: (
        Proof("authority", "Which borough or council is it?"),
        Proof("person", "Who in its admissions team confirmed it?"),
        Proof("confirmed", "Day they confirmed it", is_day=True),
        Proof("officer", "Who says that its own officer for missing education was told?"),
    ),
    Kind.LEFT_COUNTRY_PROVED: (
        Proof("country", "Which country is it?"),
        Proof("evidence", "What have you seen that shows it?"),
        Proof("leaves", "Day they leave, or left", is_day=True, is_past=False),
    ),
    Kind.POOR_ATTENDANCE: (
        Proof("place", "Where is the child?"),
        Proof("person", "Who saw the child there?"),
        Proof("seen", "Day they saw the child", is_day=True),
    ),
    Kind.CALL: (
        Proof("person", "Who answered?"),
        Proof("rang", "Day you rang", is_day=True),
        Proof("time", "At what time?"),
        Proof("advice", "What did they tell you to do?"),
    ),
}
"""What has to be known for each kind, all of it."""
ENDS = {
    "records_asked_for_shown": Kind.ADMITTED_ELSEWHERE,
    **{kind.value: kind for kind in Kind if kind is not Kind.CALL},
}
"""The questions of the front door whose yes is written down, by code."""


def last_day_to_come(*, on: date) -> date:
    """Return the last day, of those to come, that is taken for true on a day without asking."""
    return on + A_TERM


def missing(kind: Kind, proofs: Mapping[str, str]) -> tuple[Proof, ...]:
    """Return what has to be known of a kind and is not; then the child is referred (policy p.8)."""
    return tuple(proof for proof in PROOFS[kind] if not proofs.get(proof.code))
