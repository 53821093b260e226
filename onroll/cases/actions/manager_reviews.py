"""The manager's timed review of a case: it waits with a clock by the level, and is held whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.actions.lock import keep, record, refuse_closed, take
from onroll.cases.actions.reviews import review_risks
from onroll.cases.actions.risk_level import set_risk_level
from onroll.cases.models import Case, CaseReview
from onroll.cases.queries.risk import risk_of, with_risk
from onroll.clocks import actions as clocks
from onroll.clocks.models import Deadline, Ended, Subject
from onroll.rules.manager_review import ASKED, CLOCKS, HELD_STEP, lacking_in_manager_review
from onroll.rules.refusal import Incomplete, Refused
from onroll.rules.risk import RiskAnswer
from onroll.rules.risk_level import RiskLevel
from onroll.rules.triage import NOBODY, Word
from onroll.schools.queries import calendar_for, our_policy


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a manager found and decided: the words by their field, the risks, and who was told."""

    words: Mapping[str, str]
    level: RiskLevel
    level_why: str
    next_on: date | None
    answers: Mapping[str, tuple[RiskAnswer, str]]
    telling: Word = NOBODY
    work: Word = NOBODY


@transaction.atomic
def hold_review(
    *, case: Case, findings: Findings, by: User, at: datetime, version: int | None = None
) -> CaseReview:
    """Keep what the manager found and decided; the next review waits from this day on.

    It thinks again of the greater risks (P76), and ends what an officer set as the level.
    Raises Incomplete where something is missing, and Refused for who is no manager.
    """
    case = take(case, version)
    refuse_closed(case, "reviewed")
    if not may(by, Permission.CASE_OVERSEE):
        raise Refused("Only a manager reviews a case.")
    with transaction.atomic():
        risks = review_risks(
            case=case,
            answers=findings.answers,
            told=findings.telling,
            work=findings.work,
            by=by,
            at=at,
        )
        by_facts = _level(case)
        _refuse_incomplete(findings, by_facts, on=at.date())
    if findings.level is not by_facts:
        why = findings.level_why
        set_risk_level(case=case, level=findings.level, why=why, by=by, at=at)
    review = _waiting(case, on=at.date())
    review.level, review.at, review.by, review.risks = findings.level.value, at, by, risks
    review.next_on = findings.next_on
    for name in ASKED:
        setattr(review, name, findings.words[name])
    review.save(update_fields=["level", "at", "by", "risks", "next_on", *ASKED])
    clocks.meet(clocks=review.deadlines, on=at.date())
    keep(case)
    record(case, HELD_STEP, why="", at=at, by=by)
    _start(case, findings.level, on=at.date(), due_on=findings.next_on)
    return review


def _refuse_incomplete(findings: Findings, by_facts: RiskLevel, *, on: date) -> None:
    sentences = lacking_in_manager_review(
        dict(findings.words),
        level=findings.level,
        by_facts=by_facts,
        level_why=findings.level_why,
        next_on=findings.next_on,
        last_on=due_of(findings.level, on),
        today=on,
    )
    if sentences:
        raise Incomplete(sentences)


def due_of(level: RiskLevel, on: date) -> date:
    """Return when the manager looks again at the latest at a case of a level, from a day on."""
    return due_by_level(on)[level]


def due_by_level(on: date) -> dict[RiskLevel, date]:
    """Return the same of every level; one query."""
    calendar, policy = calendar_for(None), our_policy()
    return {
        level: clocks.due_on(code, on, calendar=calendar, policy=policy)
        for level, code in CLOCKS.items()
    }


def _level(case: Case) -> RiskLevel:
    return risk_of(with_risk(Case.objects.filter(pk=case.pk)).get()).level


def _waiting(case: Case, *, on: date) -> CaseReview:
    """Return the review that waits; of a case whose first night is to come, a new one."""
    waiting = CaseReview.objects.select_for_update().filter(case=case, at__isnull=True).first()
    return waiting or _start(case, _level(case), on=on)


def _start(case: Case, level: RiskLevel, *, on: date, due_on: date | None = None) -> CaseReview:
    """Let a review wait from a day on; due by its level, or sooner where the manager says so."""
    review = CaseReview.objects.create(case=case, starts_on=on, level=level.value)
    due = due_on or due_of(level, on)
    clocks.start_on(of=review, clock=CLOCKS[level], starts_on=on, due_on=due)
    return review


@transaction.atomic
def keep_case_reviews(*, on: date, at: datetime) -> int:
    """Let a review wait for each open case, counted by the level it has today.

    Clocks of cases that closed end, and run on where a case was opened again. Returns how many
    changed.
    """
    waiting = CaseReview.objects.filter(case=OuterRef("pk"), at__isnull=True)
    changed = 0
    for case in with_risk(Case.objects.open().filter(~Exists(waiting))):
        level = risk_of(case).level
        is_new = due_of(level, case.opened_on) >= on
        _start(case, level, on=case.opened_on if is_new else on)
        changed += 1
    return changed + _stop_and_run_on(on) + _recount(on)


def _stop_and_run_on(on: date) -> int:
    """Stop the clocks of reviews of closed cases; let those of open ones run on."""
    rows = CaseReview.objects.filter(at__isnull=True)
    closed = rows.filter(case__closed_on__isnull=False).values("pk")
    of_reviews = Deadline.objects.filter(subject=Subject.CASE_REVIEW.value)
    stopped = of_reviews.filter(subject_id__in=closed)
    running = of_reviews.filter(subject_id__in=rows.filter(case__closed_on=None).values("pk"))
    return clocks.end(clocks=stopped, on=on, why=Ended.CASE_CLOSED) + clocks.run_on(
        clocks=running, ended=(Ended.CASE_CLOSED,)
    )


def _recount(on: date) -> int:
    """Count anew what waits for a case whose level is another than that it was counted by."""
    reviews = {row.case_id: row for row in CaseReview.objects.waiting().select_related("case")}
    changed = 0
    for case in with_risk(Case.objects.filter(pk__in=reviews)):
        review, level = reviews[case.pk], risk_of(case).level
        if review.level != level:
            recount_review(review, level, on=on)
            changed += 1
    return changed


def recount_review(review: CaseReview, level: RiskLevel, *, on: date) -> None:
    """Count the day of a review by another level, from the day from which it was counted.

    A day that would be over already is today: nobody is late with what became grave today. What a
    manager set sooner than the new level asks for stays.
    """
    clock = Deadline.objects.of(review).running().first()
    due = max(on, due_of(level, review.starts_on))
    if clock is not None:
        is_sooner = clock.due_on < due_of(RiskLevel(review.level), review.starts_on)
        due = min(due, clock.due_on) if is_sooner else due
        clocks.end(clocks=review.deadlines, on=on, why=Ended.NOT_ASKED)
    CaseReview.objects.filter(pk=review.pk).update(level=level.value)
    deadline, _ = clocks.start_on(
        of=review, clock=CLOCKS[level], starts_on=review.starts_on, due_on=due
    )
    clocks.run_again(deadline=deadline)
