"""A child comes back to the hub about whom it decided: turned back, or opened again (P15)."""

from datetime import datetime

from onroll.accounts.models import User
from onroll.clocks import actions as clocks
from onroll.clocks.models import Ended
from onroll.referrals.actions.calls_to_accept import uncall
from onroll.referrals.actions.stage_notifications import inform_of_return
from onroll.referrals.actions.steps import DECIDE, day_of, keep, record, run, settle
from onroll.referrals.models import HubDecision, Referral

TURNED_BACK = "Turned back to the hub"


def bring_back(
    referral: Referral,
    decision: HubDecision,
    what: str,
    *,
    why: str,
    by: User,
    at: datetime,
    is_opened_again: bool = False,
) -> Referral:
    """End a decision about a child of a locked referral with a reason; the hub's clock starts anew.

    The decision stays on the page of the referral, and what was entered of it.
    """
    was = referral.stage
    decision.turned_back_at, decision.turned_back_by, decision.turned_back_why = at, by, why
    decision.is_opened_again = is_opened_again
    decision.save(
        update_fields=["turned_back_at", "turned_back_by", "turned_back_why", "is_opened_again"]
    )
    clocks.end(clocks=decision.deadlines.running(), on=day_of(at), why=Ended.NOT_ASKED)
    settle(referral, at=at)
    run(referral, DECIDE, is_urgent=referral.is_urgent, at=at)
    record(referral, what, why=why, at=at, by=by, about=[decision.entry])
    keep(referral)
    uncall(referral)
    inform_of_return(decision, referral, was=was, at=at)
    return referral
