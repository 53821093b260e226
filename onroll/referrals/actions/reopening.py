"""The hub opens a child again about whom it decided: by mistake, or since something new came."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.clocks import actions as clocks
from onroll.clocks.models import Ended
from onroll.referrals.actions.deciding import refuse_sender
from onroll.referrals.actions.informing import inform_of_return
from onroll.referrals.actions.steps import DECIDE, day_of, keep, lock, record, run, settle
from onroll.referrals.models import HubDecision, Referral, ReferredChild
from onroll.rules.refusal import Refused

SOMEBODY_HAS_IT = (
    "Somebody has this child now, or nothing is decided, so the hub cannot open it again. "
    "What you wrote is not saved."
)


@transaction.atomic
def open_again(
    *, entry: ReferredChild, why: str, by: User, at: datetime, version: int | None = None
) -> Referral:
    """Bring a child whom nobody has accepted or received back to the hub; its clock starts anew.

    The decision stays on the page of the referral as opened again, with the reason.
    """
    referral = lock(entry.referral, version)
    was = referral.stage
    refuse_sender(referral, by)
    decision = HubDecision.objects.standing().filter(entry=entry).first()
    if decision is None or not decision.may_be_opened_again:
        raise Refused(SOMEBODY_HAS_IT)
    decision.turned_back_at, decision.turned_back_by, decision.turned_back_why = at, by, why
    decision.is_opened_again = True
    decision.save(
        update_fields=["turned_back_at", "turned_back_by", "turned_back_why", "is_opened_again"]
    )
    clocks.end(clocks=decision.deadlines.running(), on=day_of(at), why=Ended.NOT_ASKED)
    settle(referral, at=at)
    run(referral, DECIDE, is_urgent=referral.is_urgent, at=at)
    what = f"Opened again; it was: {decision.title}"
    record(referral, what, why=why, at=at, by=by, about=[entry])
    keep(referral)
    inform_of_return(decision, referral, was=was, at=at)
    return referral
