"""Grades of the hub's queue: how grave a referral looks, and how its age counts by that (P15).

The hours are those in which Merton's hub wants its partners' answers: red 2, amber 6, green 24
(casework 5.1, reported). Lack of a school is commonly graded green; so that green is never last for
ever, what counts is how much of its own time a referral has waited.
"""

from datetime import datetime, timedelta
from enum import StrEnum


class Grade(StrEnum):
    """How grave a referral looks to the hub."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


GRADE_TITLES = {
    Grade.RED: "Red: harm is likely or has happened",
    Grade.AMBER: "Amber: it worries us and must be looked into",
    Grade.GREEN: "Green: no worry but that the child is missing education",
}
HOURS = {Grade.RED: 2, Grade.AMBER: 6, Grade.GREEN: 24}
"""In how many hours each grade has used its time."""

_FALLING = tuple(GRADE_TITLES)
"""The grades, the gravest first."""

NOT_GRADED = Grade.AMBER
"""What counts until somebody has graded a referral."""


def time_used(grade: Grade | None, waited: timedelta) -> float:
    """Return how much of its time a referral of a grade has waited: 1.0 is all, 2.0 is twice."""
    return waited / timedelta(hours=HOURS[grade or NOT_GRADED])


def due_by_grade(grade: Grade | None, since: datetime) -> datetime | None:
    """Return by when a grade binds what the hub has since a moment: red alone has hours of its own,
    where harm is likely or has happened; the others order the list."""
    return since + timedelta(hours=HOURS[Grade.RED]) if grade is Grade.RED else None


def asked_why(grade: Grade, *, before: Grade | None, is_urgent: bool) -> str:
    """Return in a sentence why a grade needs a reason; nothing where it needs none.

    Green says that nothing worries, which an urgent referral contradicts; and what was graver
    before has become less so for a reason.
    """
    if is_urgent and grade is Grade.GREEN:
        return "Say why it is green all the same: the referral is urgent"
    if before is not None and _FALLING.index(grade) > _FALLING.index(before):
        return f"Say why it is {grade.value} now: it was {before.value} before"
    return ""
