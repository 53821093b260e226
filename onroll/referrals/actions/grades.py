"""How grave a referral looks to the hub, and that it is urgent: both may change until decided."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.clocks import actions as clocks
from onroll.clocks.models import Ended
from onroll.referrals.actions.calls_to_accept import call_again_if_grave
from onroll.referrals.actions.decisions import refuse_decided, refuse_sender
from onroll.referrals.actions.steps import (
    ACCEPT,
    DECIDE,
    day_of,
    keep,
    lock,
    record,
    run,
    set_grade,
)
from onroll.referrals.codes import Stage
from onroll.referrals.models import HubDecision, Referral
from onroll.rules.grades import Grade, asked_why
from onroll.rules.refusal import Refused


@transaction.atomic
def grade(
    *,
    referral: Referral,
    grade: Grade,
    why: str,
    urgent_why: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Referral:
    """Grade a referral; with `urgent_why` it becomes urgent for that reason and is due sooner.

    Who grades one that nobody looks at looks at it from then on. A case that was sent to the hub
    waits all the same until somebody accepts it by name.
    Raises Refused where the grade needs a reason and has none.
    """
    referral = lock(referral, version)
    refuse_decided(referral)
    refuse_sender(referral, by)
    before = Grade(referral.grade) if referral.grade else None
    is_urgent = referral.is_urgent or bool(urgent_why)
    if not why and (question := asked_why(grade, before=before, is_urgent=is_urgent)):
        raise Refused(question, field="why")
    if referral.owner is None and referral.from_case_id is None:
        referral.owner, referral.stage = by, Stage.SCREENING.value
    set_grade(referral, grade, why=why, by=by, at=at)
    if urgent_why and not referral.is_urgent:
        make_urgent(referral, why=urgent_why, by=by, at=at)
    call_again_if_grave(referral, by=by, at=at)
    return keep(referral)


def make_urgent(referral: Referral, *, why: str, by: User | None, at: datetime) -> None:
    """Mark a referral at the hub as urgent: its calm clocks end and those of urgent ones run.

    So do those of its children whom somebody is to accept already.
    """
    referral.is_urgent, referral.urgent_why = True, why
    clocks.end(
        clocks=referral.deadlines.filter(clock=DECIDE[False]), on=day_of(at), why=Ended.NOT_ASKED
    )
    run(referral, DECIDE, is_urgent=True, at=at)
    _hasten_acceptance(referral, at=at)
    for decision in HubDecision.objects.to_accept().filter(entry__referral=referral):
        _hasten_acceptance(decision, at=at)
    call_again_if_grave(referral, by=by, at=at)
    record(referral, "Marked as urgent", why=why, at=at, by=by)


def _hasten_acceptance(of: Referral | HubDecision, *, at: datetime) -> None:
    """Let the urgent clock of acceptance run in the place of the calm one, if that runs."""
    calm = of.deadlines.running().filter(clock=ACCEPT[False])
    if calm.exists():
        clocks.end(clocks=calm, on=day_of(at), why=Ended.NOT_ASKED)
        run(of, ACCEPT, is_urgent=True, at=at)
