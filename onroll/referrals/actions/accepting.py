"""A hand-over is accepted by a named person, or goes back with a reason (P15)."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children.actions import ChildFacts
from onroll.children.models import Child
from onroll.clocks import actions as clocks
from onroll.clocks.models import Ended
from onroll.referrals.actions.informing import inform_of_stage
from onroll.referrals.actions.steps import ACCEPT, DECIDE, keep, lock, record, report, run
from onroll.referrals.codes import Stage
from onroll.referrals.models import Referral, ReferredChild
from onroll.rules.refusal import Refused

NOT_WAITING = "This referral does not wait to be accepted. What you wrote is not saved."


@transaction.atomic
def accept_child(
    *,
    entry: ReferredChild,
    child: Child | ChildFacts,
    because: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Open or join the case of one child of a referral; with the last child it is accepted.

    A case without an owner becomes that of the person who accepts.
    """
    referral = _waiting(entry.referral, version)
    entry = ReferredChild.objects.select_related("referral").get(pk=entry.pk)
    if entry.case is not None:
        raise Refused(f"This child has case {entry.case.ref}. What you wrote is not saved.")
    case = report(entry, child=child, because=because, by=by, at=at)
    if case.owner is None:
        case = cases.assign_case(case=case, owner=by, by=by, at=at)
    record(referral, f"Accepted as case {case.ref}", why=because, at=at, by=by)
    if not referral.children.filter(case__isnull=True).exists():
        referral.stage = Stage.ACCEPTED.value
        referral.accepted_by, referral.accepted_at = by, at
        clocks.meet(clocks=referral.deadlines.filter(clock=ACCEPT), on=at.date())
    keep(referral)
    inform_of_stage(referral, was=Stage.HANDED_OVER.value, at=at)
    return case


@transaction.atomic
def turn_back(
    *, referral: Referral, why: str, by: User, at: datetime, version: int | None = None
) -> Referral:
    """Give a hand-over back to the hub with the reason; the hub's clock starts anew."""
    referral = _waiting(referral, version)
    if referral.children.filter(case__isnull=False).exists():
        raise Refused("A child of this referral has a case already, so it cannot go back.")
    clocks.end(clocks=referral.deadlines.filter(clock=ACCEPT), on=at.date(), why=Ended.NOT_ASKED)
    referral.stage, referral.decision, referral.decided_why = Stage.SCREENING.value, "", ""
    referral.decided_by, referral.decided_at = None, None
    run(referral, DECIDE, on=at.date())
    record(referral, "Turned back to the hub", why=why, at=at, by=by)
    return keep(referral)


def _waiting(referral: Referral, version: int | None) -> Referral:
    referral = lock(referral, version)
    if referral.stage != Stage.HANDED_OVER.value:
        raise Refused(NOT_WAITING)
    return referral
