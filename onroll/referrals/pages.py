"""How pages draw how far a referral is, how grave, and when something of it is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from onroll.govuk.parts import Meaning
from onroll.govuk.templatetags.govuk import tag, when
from onroll.referrals.codes import (
    ANOTHER_TEAM,
    STAGE_TITLES,
    Quarantined,
    Stage,
    which_children,
)
from onroll.referrals.models import Referral, ReferredChild
from onroll.rules.grades import Grade

_MEANINGS: dict[Stage, Meaning] = {
    Stage.QUARANTINE: "problem",
    Stage.CONTACT: "new",
    Stage.SCREENING: "soon",
    Stage.HANDED_OVER: "waiting",
    Stage.SENT_ON: "waiting",
    Stage.ACCEPTED: "done",
    Stage.CLOSED: "quiet",
}
_GRADE_MEANINGS: dict[Grade, Meaning] = {
    Grade.RED: "late",
    Grade.AMBER: "soon",
    Grade.GREEN: "done",
}


def stage_title(referral: Referral, children: Sequence[ReferredChild]) -> SafeString:
    """Draw how far a referral is, and which of its children another team has."""
    stage = Stage(referral.stage)
    if stage is Stage.QUARANTINE and referral.quarantine.answer == Quarantined.REFUSED.value:
        return tag("Refused", "quiet")
    if stage is Stage.CLOSED and (elsewhere := [child for child in children if child.is_passed_on]):
        numbers = [child.number for child in elsewhere] if len(elsewhere) < len(children) else []
        return tag(f"{ANOTHER_TEAM}{which_children(numbers)}", "done")
    return tag(STAGE_TITLES[stage], _MEANINGS[stage])


def grade_title(referral: Referral) -> SafeString:
    """Draw how grave a referral looks to the hub."""
    if not referral.grade:
        return tag("Not graded", "quiet")
    grade = Grade(referral.grade)
    return tag(grade.value.capitalize(), _GRADE_MEANINGS[grade])


def due(row: Any, *, at: datetime) -> object:
    """Draw when a row is due, and that it is overdue; of a clock of hours with the time."""
    if row.due_on is None:
        return "–"
    away, meaning = ("overdue", "late") if is_overdue(row, at=at) else ("", "")
    return when(row.due_at or row.due_on, away, meaning)


def is_overdue(row: Any, *, at: datetime) -> bool:
    """Say whether a row is due before a moment, or before its day where the clock has no hour."""
    return bool(row.due_at < at if row.due_at else row.due_on < at.date())
