"""Home education, or attendance, takes what the hub sent there, or turns it back (P02, P15)."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.referrals.actions.home_education import receive_report
from onroll.referrals.actions.sent_on import enter_receipt
from onroll.referrals.actions.steps import day_of, lock
from onroll.referrals.actions.way_back import TURNED_BACK, bring_back
from onroll.referrals.codes import Decision
from onroll.referrals.models import HomeEducationReport, HubDecision, Referral
from onroll.rules.refusal import Refused

TAKEN_BACK = "The hub has taken this back. Nothing waits for you here any more."


@transaction.atomic
def take_sent(*, decision: HubDecision, by: User, at: datetime) -> Referral:
    """Enter the receipt of a child by the name of who has it; nobody takes it a second time.

    A school's report of the same referral that waits at home education is received with that.
    """
    referral, decision = _waiting(decision)
    referral = enter_receipt(decision=decision, name=by.name, on=day_of(at), by=by, at=at)
    if decision.decision == Decision.HOME_EDUCATION.value:
        waiting = HomeEducationReport.objects.filter(referral=referral, received_by=None)
        if report := waiting.select_related("referral").first():
            receive_report(report=report, by=by, at=at)
    return referral


@transaction.atomic
def turn_back_sent(*, decision: HubDecision, why: str, by: User, at: datetime) -> Referral:
    """Give a child whom nobody has taken back to the hub, with the reason, as not for this desk."""
    referral, decision = _waiting(decision)
    return bring_back(referral, decision, TURNED_BACK, why=why, by=by, at=at)


def _waiting(decision: HubDecision) -> tuple[Referral, HubDecision]:
    """Return a locked referral and what was sent of it; refuse what waits no more, and say why."""
    referral = lock(decision.entry.referral, None)
    rows = HubDecision.objects.select_related("entry__referral", "turned_back_by")
    decision = rows.get(pk=decision.pk)
    if decision.is_opened_again:
        raise Refused(TAKEN_BACK)
    if decision.turned_back_by is not None:
        raise Refused(f"{decision.turned_back_by.name} turned this back to the hub meanwhile.")
    if decision.receipt_on is not None:
        raise Refused(f"{decision.receipt_name} has this already.")
    return referral, decision
