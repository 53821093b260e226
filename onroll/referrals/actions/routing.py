"""A child with an open case goes to its worker, and not through the hub again (casework 5.1, P15).

Unless the referral is urgent, which it is when it names a protection plan or concern: then the hub
decides, and the worker sees it at once as well.
"""

from collections.abc import Mapping
from datetime import datetime

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import may_in_some_role
from onroll.cases.models import Case
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.referrals.actions.informing import inform_of_stage
from onroll.referrals.actions.steps import ACCEPT, keep, record, run, settle
from onroll.referrals.codes import DECISION_TITLES, Decision
from onroll.referrals.models import HubDecision, Referral

TO_ITS_WORKER = "The child has an open case, so this goes to its worker and not through the hub."


def route(referral: Referral, *, graver: Mapping[int, bool], at: datetime) -> Referral:
    """Send what is about children with open cases to their workers, and tell these.

    `graver` says by number of which children an answer on risk is graver than what is known of
    the case: of these, and of urgent ones, the hub decides as well. A case without an owner who
    may see referrals is left to the hub.
    """
    with_case = referral.children.filter(known_case__isnull=False)
    is_settled, was = False, referral.stage
    for entry in with_case.select_related("known_case__owner"):
        worker = _worker(entry.known_case)
        if worker is None:
            continue
        messages.tell(kind=Kind.REFERRAL_OF_CASE, ref=referral.ref, to=[worker], at=at)
        if referral.is_urgent or graver.get(entry.number, False):
            continue
        decision = HubDecision.objects.create(
            entry=entry, decision=Decision.OPEN_CASE.value, why=TO_ITS_WORKER, at=at
        )
        run(decision, ACCEPT, is_urgent=False, at=at)
        title = DECISION_TITLES[Decision.OPEN_CASE]
        record(referral, f"Decided: {title}", why=TO_ITS_WORKER, at=at, by=None)
        is_settled = True
    if is_settled:
        settle(referral, at=at)
        keep(referral)
        inform_of_stage(referral, was=was, at=at)
    return referral


def _worker(case: Case | None) -> User | None:
    """Return the owner of a case, if they may see referrals."""
    owner = case.owner if case is not None else None
    return owner if owner and may_in_some_role(owner, Permission.CASE_TRIAGE) else None
