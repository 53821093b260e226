"""How far referrals are, as who made them may know: each as a whole, and each of its children."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onroll.cases.models import Case
from onroll.referrals.codes import SAME_CHILD, Stage
from onroll.referrals.models import Referral, ReferredChild
from onroll.referrals.status import Status, finished_on, status_of, status_of_child
from onroll.rules.hours import ENGLAND

Closings = dict[int, list[date | None]]


@dataclass(frozen=True)
class Progress:
    """How far a referral is, and each of its children in their order."""

    whole: Status
    finished_on: date | None
    children: tuple[tuple[ReferredChild, Status], ...]

    @property
    def is_alike(self) -> bool:
        """Say whether all children are equally far."""
        return len({status for _, status in self.children}) < 2


def progress_of(referrals: Sequence[Referral]) -> dict[int, Progress]:
    """Return by key how far each referral is; three queries for all."""
    entries = ReferredChild.objects.filter(referral__in=referrals).order_by("referral", "number")
    children = list(entries.select_related("case").prefetch_related("decisions"))
    closed_on = _closings_of(children)
    by_referral: dict[int, list[ReferredChild]] = {referral.pk: [] for referral in referrals}
    for child in children:
        by_referral[child.referral_id].append(child)
    return {
        referral.pk: _progress_of(referral, by_referral[referral.pk], closed_on)
        for referral in referrals
    }


def finished_day(referral: Referral) -> date | None:
    """Return the day on which the work on a referral was over; None while it goes on."""
    return progress_of([referral])[referral.pk].finished_on


def _progress_of(
    referral: Referral, children: Sequence[ReferredChild], closed_on: Closings
) -> Progress:
    stage = Stage(referral.stage)
    decided_at = referral.decided_at
    finished = finished_on(
        stage,
        decided_on=decided_at.astimezone(ENGLAND).date() if decided_at else None,
        cases_closed_on=[day for child in children for day in closed_on[child.pk]],
        is_untaken=any(child.is_untaken for child in children),
    )
    each = tuple((child, _of_child(stage, child, closed_on[child.pk])) for child in children)
    return Progress(status_of(stage, finished, [status for _, status in each]), finished, each)


def _of_child(stage: Stage, child: ReferredChild, closed_on: Sequence[date | None]) -> Status:
    return status_of_child(
        stage,
        waits=child.is_untaken,
        is_passed_on=child.is_passed_on,
        cases_closed_on=closed_on,
    )


def _closings_of(children: Sequence[ReferredChild]) -> Closings:
    """Return by the key of each child when its case was closed, None for one that is open.

    Nothing where there is no case. One that joined another of the same child goes on there.
    """
    cases = {child.pk: child.case for child in children}
    joined = {case.child_id for case in cases.values() if case and case.outcome == SAME_CHILD}
    successors = Case.objects.filter(child__in=joined).exclude(outcome=SAME_CHILD)
    went_on = list(successors.values_list("child", "closed_on")) if joined else []

    def days(case: Case | None) -> list[date | None]:
        if case is None:
            return []
        is_joined = case.outcome == SAME_CHILD
        return (
            [day for of, day in went_on if of == case.child_id] if is_joined else [case.closed_on]
        )

    return {key: days(case) for key, case in cases.items()}
