"""The later looks: is a child still there, abroad, not traced; and what risks are there by now?

A look that is answered starts the next one, until the thing is proved or the child is over
compulsory school age (EA96 s.8).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from onroll.accounts.models import User
from onroll.cases.actions.clocks import end_reviews, start_review
from onroll.cases.actions.closing import reopen_case
from onroll.cases.actions.lock import keep, record, refuse_closed, take
from onroll.cases.actions.risk_level import end_risk_choice
from onroll.cases.actions.warnings import start_warning_clocks
from onroll.cases.actions.work import move_case
from onroll.cases.models import Case, RiskReview
from onroll.cases.queries.risk_before import risks_before
from onroll.clocks import actions as clocks
from onroll.clocks.models import Deadline, Subject
from onroll.rules import age, pathway
from onroll.rules.outcomes import REVIEWS
from onroll.rules.pathway import Stage
from onroll.rules.refusal import Incomplete, Refused
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import (
    NOBODY,
    RISK_REVIEW,
    RISK_STEP,
    Word,
    denied_after,
    lacking_in_review,
)
from onroll.schools.queries import our_policy

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
def review_risks(
    *,
    case: Case,
    answers: Mapping[str, tuple[RiskAnswer, str]],
    told: Word = NOBODY,
    work: Word = NOBODY,
    by: User,
    at: datetime,
    version: int | None = None,
) -> RiskReview:
    """Keep that a person thought of each greater risk again; the next review is due after that.

    What an officer set as the level of risk holds until then.

    `answers` has the words to each; `told` says who was told of what was found, and `work` who in
    child employment was, where the child may be working (P76). A *no* after another answer, or
    after what the hub found, has words as well, and is kept with the answer before.
    """
    case = take(case, version)
    refuse_closed(case, "reviewed")
    before = {code: row.answer for code, row in risks_before(case).items()}
    if sentences := lacking_in_review(
        answers, before=before, told=told, work=work, today=at.date()
    ):
        raise Incomplete(sentences)
    review = RiskReview.objects.create(
        case=case,
        answers=_kept(answers, before),
        told=told.who,
        told_on=told.on,
        told_why_not=told.why_not,
        work_told=work.who,
        work_told_on=work.on,
        work_told_why_not=work.why_not,
        at=at,
        by=by,
    )
    clocks.meet(clocks=case.deadlines.filter(clock=RISK_REVIEW), on=at.date())
    start_review(case=case, clock=RISK_REVIEW, starts_on=at.date())
    end_risk_choice(case, at=at)
    keep(case)
    record(case, RISK_STEP, why="", at=at, by=by)
    return review


def _kept(
    answers: Mapping[str, tuple[RiskAnswer, str]], before: Mapping[str, RiskAnswer]
) -> dict[str, dict[str, str]]:
    """Return the answers as they are kept; one that takes a risk away with the answer before."""
    kept = {
        code: {"answer": answer.value, "words": words} for code, (answer, words) in answers.items()
    }
    for code, (answer, _) in answers.items():
        was = before.get(code)
        if was is not None and denied_after(answer, was):
            kept[code]["before"] = was.value
    return kept


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
    return changed + _start_risk_reviews(on) + start_warning_clocks(on=on)


def _start_risk_reviews(on: date) -> int:
    """Start the review of risks of each open case that has none running; return how many."""
    running = Deadline.objects.of_each(Subject.CASE, OuterRef("pk")).running()
    lacking = Case.objects.open().filter(~Exists(running.filter(clock=RISK_REVIEW)))
    weeks = timedelta(weeks=our_policy().on(on).risk_review_weeks)
    started = 0
    for case in lacking:
        is_new = case.opened_on + weeks >= on
        start_review(case=case, clock=RISK_REVIEW, starts_on=case.opened_on if is_new else on)
        started += 1
    return started


def _is_over_age(case: Case, on: date) -> bool:
    born = case.child.born_on
    return born is not None and on > age.ends_on(born)
