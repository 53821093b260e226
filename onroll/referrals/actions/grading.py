"""How grave a referral looks to the hub, and that it is urgent: both may change until decided."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.clocks import actions as clocks
from onroll.clocks.models import Ended
from onroll.referrals.actions.deciding import refuse_decided, refuse_sender
from onroll.referrals.actions.steps import DECIDE, day_of, keep, lock, record, run
from onroll.referrals.models import Referral
from onroll.rules.grades import Grade


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
    """Grade a referral; with `urgent_why` it becomes urgent for that reason and is due sooner."""
    referral = lock(referral, version)
    refuse_decided(referral)
    refuse_sender(referral, by)
    referral.grade = grade.value
    record(referral, f"Graded {grade.value}", why=why, at=at, by=by)
    if urgent_why and not referral.is_urgent:
        make_urgent(referral, why=urgent_why, by=by, at=at)
    return keep(referral)


def make_urgent(referral: Referral, *, why: str, by: User | None, at: datetime) -> None:
    """Mark a referral at the hub as urgent: its clock ends and that of urgent ones runs."""
    referral.is_urgent, referral.urgent_why = True, why
    clocks.end(
        clocks=referral.deadlines.filter(clock=DECIDE[False]), on=day_of(at), why=Ended.NOT_ASKED
    )
    run(referral, DECIDE, is_urgent=True, at=at)
    record(referral, "Marked as urgent", why=why, at=at, by=by)
