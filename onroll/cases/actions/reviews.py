"""The later looks: whether a child is still there, still abroad, still not traced.

A look that is answered starts the next one, until the thing is proved or the child is over
compulsory school age (EA96 s.8).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from onroll.accounts.models import User
from onroll.cases.actions.clocks import end_reviews, start_review
from onroll.cases.actions.closing import reopen_case
from onroll.cases.actions.locking import record
from onroll.cases.actions.working import move_case
from onroll.cases.models import Case
from onroll.clocks.models import Deadline, Subject
from onroll.rules import age, pathway
from onroll.rules.outcomes import REVIEWS
from onroll.rules.pathway import Stage
from onroll.rules.refusal import Refused

AGAIN = ("untraced_review", "believed_review")
"""The looks that come back; whether a child is still at a school is asked once."""


@transaction.atomic
def answer_review(
    *, deadline: Deadline, is_still_so: bool, why: str, by: User, at: datetime
) -> Case:
    """Take the answer of a look: it is still so, or the case is worked on again.

    `why` says who was asked and what they answered. Raises Refused when it was answered.
    """
    deadline = Deadline.objects.select_for_update().get(pk=deadline.pk)
    case = Case.objects.select_for_update().get(pk=deadline.subject_id)
    if not deadline.is_running:
        raise Refused("Somebody has answered this meanwhile. What you wrote is not saved.")
    deadline.met_on = at.date()
    deadline.save(update_fields=["met_on"])
    title = deadline.rule.title
    record(case, f"{title} {'Yes' if is_still_so else 'No'}", why=why, at=at, by=by)
    if is_still_so:
        if deadline.clock in AGAIN:
            start_review(case=case, clock=deadline.clock, starts_on=at.date())
        return case
    if case.is_open:
        return move_case(case=case, move=pathway.RESUME, why=why, at=at, by=by)
    return reopen_case(case=case, why=why, by=by, at=at)


@transaction.atomic
def keep_reviews(*, on: date, at: datetime) -> int:
    """Start the looks that cases promise and lack; end those of children over age.

    Returns how many were started or ended.
    """
    running = Deadline.objects.of_each(Subject.CASE, OuterRef("pk")).running()
    running = running.filter(clock__in=REVIEWS)
    later = Case.objects.filter(child=OuterRef("child"), pk__gt=OuterRef("pk"))
    promises = (
        ("untraced_review", Case.objects.filter(stage=Stage.UNTRACED.value)),
        ("believed_review", Case.objects.filter(~Exists(later), is_outcome_proved=False)),
    )
    changed = 0
    for clock, cases in promises:
        for case in cases.filter(~Exists(running)).select_related("child"):
            if not _is_over_age(case, on):
                start_review(case=case, clock=clock, starts_on=case.closed_on or on)
                changed += 1
    for case in Case.objects.filter(Exists(running), closed_on__isnull=False).select_related(
        "child"
    ):
        if _is_over_age(case, on):
            end_reviews(case=case, on=on)
            record(case, "Over compulsory school age: no more looks", why="", at=at, by=None)
            changed += 1
    return changed


def _is_over_age(case: Case, on: date) -> bool:
    born = case.child.born_on
    return born is not None and on > age.ends_on(born)
