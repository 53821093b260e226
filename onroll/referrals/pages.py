"""How pages draw how far a referral is, how grave, and when something of it is due."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.govuk.parts import Meaning
from onroll.govuk.templatetags.govuk import by_midnight, tag, when
from onroll.referrals.codes import (
    ANOTHER_TEAM,
    STAGE_TITLES,
    Quarantined,
    Stage,
    which_children,
)
from onroll.referrals.models import Referral, ReferredChild
from onroll.referrals.promise import hub_decides_by
from onroll.referrals.queries.ladder import NextHand
from onroll.rules.grades import Grade
from onroll.rules.hours import ENGLAND

DAY = timedelta(days=1)
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
    if stage is Stage.ACCEPTED and (over := [child for child in children if child.is_over]):
        return _over(over, children)
    return tag(STAGE_TITLES[stage], _MEANINGS[stage])


def _over(over: Sequence[ReferredChild], children: Sequence[ReferredChild]) -> SafeString:
    """Draw that the cases which came of a referral ended, or of which children; when, and how."""
    is_all = all(child.is_over or not child.case for child in children)
    title = "Over" if is_all else f"Accepted; over{which_children([c.number for c in over])}"
    ends = format_html_join("", "<br>{}", ((child.outcome,) for child in over))
    return format_html("{}{}", tag(title, "done"), ends)


def grade_title(referral: Referral) -> SafeString:
    """Draw how grave a referral looks to the hub."""
    if not referral.grade:
        return tag("Not graded", "quiet")
    grade = Grade(referral.grade)
    return tag(grade.value.capitalize(), _GRADE_MEANINGS[grade])


def urgent_mark(referral: Referral) -> SafeString | str:
    """Draw that a referral is urgent, or else that the hub graded it red; nothing of any other.

    Urgent is here what it is on every page: what somebody marked so, for a reason.
    """
    if referral.is_urgent:
        return tag("Urgent", "late")
    return tag("Graded red", "late") if referral.looks_grave else ""


def due(
    row: Any,
    *,
    at: datetime,
    is_urgent: bool = False,
    since: datetime | None = None,
    grade: str = "",
) -> object:
    """Draw when a row is due, and that it is overdue; with the time, where it has one.

    `since` is when a referral came of which the hub decides: it has the hour promised to who
    refers, or that of its `grade` where it is earlier. Anything else that is urgent is due before
    the midnight that ends its day.
    """
    if row.due_on is None:
        return "–"
    shown = hour_of(row, is_urgent=is_urgent, since=since, grade=grade)
    is_over = is_overdue(row, at=at, since=since, grade=grade)
    return format_html("{} {}", shown, tag("overdue", "late")) if is_over else shown


def hour_of(
    row: Any, *, is_urgent: bool, since: datetime | None = None, grade: str = ""
) -> SafeString:
    """Draw by when a row is due: an hour, a day, or of an urgent one the midnight that ends it."""
    if moment := _moment(row, since, grade):
        return when(moment)
    return by_midnight(row.due_on) if is_urgent else when(row.due_on)


def _moment(row: Any, since: datetime | None, grade: str) -> datetime | None:
    """Return the hour of a row: that of its clock, or the first that binds the hub."""
    moment: datetime | None = row.due_at
    if since is None:
        return moment
    return hub_decides_by(due_on=row.due_on, due_at=moment, since=since, grade=grade)


def next_hand(hand: NextHand | None, *, at: datetime) -> SafeString | str:
    """Say to whom something is passed on next, and when, if nobody does it before."""
    if hand is None:
        return ""
    names = " and ".join(person.name for person in hand.to)
    if hand.at <= at:
        return f"Its time is over. It is passed on to {names} within five minutes."
    local = hand.at.astimezone(ENGLAND)
    is_midnight = local.time() == time()
    shape, day = ("at the end of {}", local.date() - DAY) if is_midnight else ("on {}", local)
    return format_html(
        "If it still waits {}, it is passed on to {}, at night and at weekends too.",
        format_html(shape, when(day)),
        names,
    )


def waits_since(referral: Any, children: Iterable[Any]) -> datetime:
    """Return since when a referral waits for the hub: since a child of it came back last, or it
    came itself."""
    backs = (row.turned_back_at for child in children if (row := child.turned_back))
    came: datetime = referral.received_at
    return max((at for at in backs if at), default=came)


def is_overdue(row: Any, *, at: datetime, since: datetime | None = None, grade: str = "") -> bool:
    """Say whether a row is due before a moment, or before its day where it has no hour."""
    moment = _moment(row, since, grade)
    return bool(moment < at if moment else row.due_on < at.date())
