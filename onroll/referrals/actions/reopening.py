"""The hub opens a child again about whom it decided: by mistake, or since something new came."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.referrals.actions.decisions import refuse_sender
from onroll.referrals.actions.steps import lock
from onroll.referrals.actions.way_back import bring_back
from onroll.referrals.models import HubDecision, Referral, ReferredChild
from onroll.rules.refusal import Refused

SOMEBODY_HAS_IT = (
    "Somebody has accepted this child by name, or nothing is decided, so the hub cannot open it "
    "again. What you wrote is not saved."
)
OUT = (
    "The hub opened referral {ref} again, which had joined this case (decision {decision}), and "
    "decides anew. Why the child is on the register still names it: correct that if it is wrong."
)


@transaction.atomic
def open_again(
    *, entry: ReferredChild, why: str, by: User, at: datetime, version: int | None = None
) -> Referral:
    """Bring a child back to the hub, whoever has it; not one whose case a named person accepted.

    The decision stays on the page of the referral as opened again, with the reason, and with the
    receipt and what came of it. The child leaves the case that it joined.
    """
    referral = lock(entry.referral, version)
    refuse_sender(referral, by)
    decision = HubDecision.objects.standing().filter(entry=entry).first()
    if decision is None or not decision.may_be_opened_again:
        raise Refused(SOMEBODY_HAS_IT)
    step = f"Opened again; it was: {decision.title}{_take_out(decision, by=by, at=at)}"
    return bring_back(referral, decision, step, why=why, by=by, at=at, is_opened_again=True)


def _take_out(decision: HubDecision, *, by: User, at: datetime) -> str:
    """Take a child out of the case that they joined, where they did; return which, in words.

    What joined stands on the case still: its own page takes that away. A note there says so.
    """
    entry = ReferredChild.objects.select_related("case", "referral").get(pk=decision.entry_id)
    if (case := entry.case) is None:
        return ""
    text = OUT.format(ref=entry.referral.ref, decision=decision.ref)
    cases.add_note(case=case, text=text, at=at, by=by)
    entry.case = None
    entry.save(update_fields=["case"])
    return f" {case.ref}"
