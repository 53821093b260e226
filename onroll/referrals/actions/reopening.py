"""The hub opens a child again about whom it decided: by mistake, or since something new came."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case, CaseReason
from onroll.enquiries import actions as enquiries
from onroll.referrals.actions.decisions import refuse_sender
from onroll.referrals.actions.stage_notifications import inform_who_has
from onroll.referrals.actions.steps import lock, sources_of
from onroll.referrals.actions.way_back import bring_back
from onroll.referrals.models import HubDecision, Referral, ReferredChild
from onroll.rules.refusal import Refused

SOMEBODY_HAS_IT = (
    "Somebody has accepted this child by name, or nothing is decided, so the hub cannot open it "
    "again. What you wrote is not saved."
)
OUT = (
    "The hub opened referral {ref} again, which had joined this case (decision {decision}), and "
    "decides anew. {left}"
)
WITHDRAWN = "Why the child is on the register names it no longer."
NAMED_STILL = (
    "Why the child is on the register still names it, since nothing else does: correct that if it "
    "is wrong."
)
ENDED = "The case is closed, so why the child was on the register still names it."


@transaction.atomic
def open_again(
    *, entry: ReferredChild, why: str, by: User, at: datetime, version: int | None = None
) -> Referral:
    """Bring a child back to the hub, whoever has it; not one whose case a named person accepted.

    The decision stays on the page of the referral as opened again, with the reason, and with the
    receipt and what came of it. The child leaves the case that it joined, and its reason with it.
    """
    referral = lock(entry.referral, version)
    refuse_sender(referral, by)
    decision = HubDecision.objects.standing().filter(entry=entry).first()
    if decision is None or not decision.may_be_opened_again:
        raise Refused(SOMEBODY_HAS_IT)
    case = _take_out(decision, referral, why=why, by=by, at=at)
    step = f"Opened again; it was: {decision.title}{f' {case.ref}' if case else ''}"
    if case is not None and case.owner_id:
        inform_who_has(case, referral, at=at, about=decision.entry)
    return bring_back(referral, decision, step, why=why, by=by, at=at, is_opened_again=True)


def _take_out(
    decision: HubDecision, referral: Referral, *, why: str, by: User, at: datetime
) -> Case | None:
    """Take a child out of the case that they joined, where they did; return which.

    What the referral gave as a reason is withdrawn there, and what it told of enquiries. What it
    said of the child stays on record. A note on the case says so.
    """
    entry = ReferredChild.objects.select_related("case", "referral").get(pk=decision.entry_id)
    if (case := entry.case) is None:
        return None
    entry.case = None
    entry.save(update_fields=["case"])
    left = _withdraw(entry, case, why=why, by=by, at=at)
    text = OUT.format(ref=referral.ref, decision=decision.ref, left=left)
    cases.add_note(case=case, text=text, at=at, by=by)
    return case


def _withdraw(entry: ReferredChild, case: Case, *, why: str, by: User, at: datetime) -> str:
    """Withdraw from an open case what a referral gave it; return in words what stands there.

    The hub ends no case (P42): the only reason of one stays until who works on it corrects that.
    """
    if not case.is_open:
        return ENDED
    ref, source = entry.referral.ref, sources_of(entry)[0]
    enquiries.withdraw_told(case=case, referral=ref, why=why, by=by, at=at)
    if not CaseReason.objects.standing().filter(case=case).exclude(source=source).exists():
        return NAMED_STILL
    cases.take_report_back(case=case, source=source, since=None, ref=ref, why=why, by=by, at=at)
    return WITHDRAWN
