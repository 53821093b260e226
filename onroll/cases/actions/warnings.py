"""Warnings on a child or an address: written down, looked at again when their day comes, ended."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, Min, OuterRef

from onroll.accounts.models import User
from onroll.cases.actions.lock import record, refuse_closed, take
from onroll.cases.models import Case, WarningNote
from onroll.children.models import Address
from onroll.clocks import actions as clocks
from onroll.clocks.models import Deadline, Ended, Subject
from onroll.rules.refusal import Refused
from onroll.rules.warnings import (
    ADDED_STEP,
    ENDED_STEP,
    HOLDS_STEP,
    WARNING_REVIEW,
    lacking_in_review_day,
)

ENDED = "{} ended this warning meanwhile. What you wrote is not saved."


@transaction.atomic
def add_warning(
    *,
    case: Case,
    text: str,
    review_on: date,
    address: Address | None = None,
    by: User,
    at: datetime,
) -> WarningNote:
    """Keep a warning; its clock runs on the case to the first day on which one is looked at."""
    case = take(case, None)
    refuse_closed(case, "given a warning")
    _refuse_day(review_on, on=at.date())
    if address is not None and address.child_id != case.child_id:
        raise Refused("This is no address of the child", field="about")
    same = WarningNote.objects.filter(case=case, address=address, text=text, ended_at=None)
    if same.exists():
        raise Refused("This very warning stands on the case already.", field="text")
    warning = WarningNote.objects.create(
        case=case, address=address, text=text, review_on=review_on, at=at, by=by
    )
    keep_warning_clock(case, on=at.date())
    record(case, ADDED_STEP, why="", at=at, by=by)
    return warning


@transaction.atomic
def review_warning(
    *, warning: WarningNote, on_case: Case, review_on: date, by: User, at: datetime
) -> WarningNote:
    """Say that a warning still holds, and when it is looked at again."""
    case, warning = take(on_case, None), _standing(warning)
    _refuse_day(review_on, on=at.date())
    warning.review_on = review_on
    warning.save(update_fields=["review_on"])
    keep_warning_clock(case, on=at.date())
    record(case, HOLDS_STEP, why="", at=at, by=by)
    return warning


@transaction.atomic
def end_warning(
    *, warning: WarningNote, on_case: Case, why: str, by: User, at: datetime
) -> WarningNote:
    """End a warning with a reason; it stays to read."""
    case, warning = take(on_case, None), _standing(warning)
    warning.ended_why, warning.ended_at, warning.ended_by = why, at, by
    warning.save(update_fields=["ended_why", "ended_at", "ended_by"])
    keep_warning_clock(case, on=at.date())
    record(case, ENDED_STEP, why="", at=at, by=by)
    return warning


def _standing(warning: WarningNote) -> WarningNote:
    rows = WarningNote.objects.select_for_update(of=("self",)).select_related("ended_by")
    warning = rows.get(pk=warning.pk)
    if warning.ended_by is not None:
        raise Refused(ENDED.format(warning.ended_by.name))
    return warning


def _refuse_day(review_on: date, *, on: date) -> None:
    if sentence := lacking_in_review_day(review_on, on=on):
        raise Refused(sentence, field="review_on")


def keep_warning_clock(case: Case, *, on: date) -> None:
    """Let the clock of a case run to the first day on which a warning of the child is looked at.

    Without any, or on a closed case, none runs.
    """
    standing = WarningNote.objects.filter(case__child=case.child_id, ended_at=None)
    first = standing.aggregate(first=Min("review_on"))["first"]
    running = case.deadlines.filter(clock=WARNING_REVIEW).running()
    if first is None or not case.is_open:
        clocks.end(clocks=running, on=on, why=Ended.NOT_ASKED)
        return
    due_on = max(first, on)
    if running.filter(due_on=due_on).exists():
        return
    clocks.meet(clocks=running, on=on)
    deadline, is_new = clocks.start_on(of=case, clock=WARNING_REVIEW, starts_on=on, due_on=due_on)
    if not is_new:
        deadline.due_on = due_on
        deadline.save(update_fields=["due_on"])
        clocks.run_again(deadline=deadline)


def start_warning_clocks(*, on: date) -> int:
    """Start the clock of each open case whose child has a warning and that has none; count them.

    A warning may have been written on a case of the child that closed since.
    """
    running = (
        Deadline.objects.of_each(Subject.CASE, OuterRef("pk"))
        .running()
        .filter(clock=WARNING_REVIEW)
    )
    standing = WarningNote.objects.filter(case__child=OuterRef("child"), ended_at=None)
    cases = list(Case.objects.open().filter(Exists(standing), ~Exists(running)))
    for case in cases:
        keep_warning_clock(case, on=on)
    return len(cases)
