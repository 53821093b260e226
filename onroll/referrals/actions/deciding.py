"""What the hub does with a referral: take it on, and decide with a reason (P07, P15)."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.clocks import actions as clocks
from onroll.referrals.actions.informing import inform_of_stage
from onroll.referrals.actions.steps import ACCEPT, DECIDE, keep, lock, record, report, run
from onroll.referrals.codes import AT_THE_HUB, DECISION_TITLES, Decision, Stage
from onroll.referrals.models import Referral
from onroll.rules.refusal import Refused

DECIDED = "The hub has decided about this referral. What you wrote is not saved."


@transaction.atomic
def take_on(*, referral: Referral, by: User, at: datetime, version: int | None = None) -> Referral:
    """Say who looks at a referral for the hub; a colleague may take it over."""
    referral = lock(referral, version)
    _refuse_decided(referral)
    referral.owner, referral.stage = by, Stage.SCREENING.value
    record(referral, f"{by.name} looks at it", why="", at=at, by=by)
    return keep(referral)


@transaction.atomic
def decide(
    *,
    referral: Referral,
    decision: Decision,
    why: str,
    by: User,
    at: datetime,
    case: Case | None = None,
    version: int | None = None,
) -> Referral:
    """Decide about a referral. `case` is the open case that it joins, for that decision alone."""
    referral = lock(referral, version)
    _refuse_decided(referral)
    if decision is Decision.OPEN_CASE:
        _join(referral, case, why=why, by=by, at=at)
    was = referral.stage
    is_handed_over = decision is Decision.LEAD_OFFICER
    referral.decision, referral.decided_why = decision.value, why
    referral.decided_by, referral.decided_at = by, at
    referral.owner = referral.owner or by
    referral.stage = Stage.HANDED_OVER.value if is_handed_over else Stage.CLOSED.value
    clocks.meet(clocks=referral.deadlines.filter(clock=DECIDE), on=at.date())
    if is_handed_over:
        run(referral, ACCEPT, on=at.date())
    record(referral, f"Decided: {DECISION_TITLES[decision]}", why=why, at=at, by=by)
    keep(referral)
    inform_of_stage(referral, was=was, at=at)
    return referral


def _join(referral: Referral, case: Case | None, *, why: str, by: User, at: datetime) -> None:
    children = list(referral.children.all())
    if case is None or not case.is_open:
        raise Refused("This case is closed. Choose another decision.", field="case")
    if len(children) != 1:
        raise Refused("This referral is about several children. Send it to the lead officer.")
    report(children[0], child=case.child, because=why, by=by, at=at)


def _refuse_decided(referral: Referral) -> None:
    if referral.stage not in AT_THE_HUB:
        raise Refused(DECIDED)
