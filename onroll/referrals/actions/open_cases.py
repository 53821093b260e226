"""A child with an open case goes to its worker, and not through the hub again (casework 5.1, P15).

Unless the referral is urgent, which it is when it names a protection plan or concern: then the hub
decides, and the worker sees it at once as well.
"""

from datetime import datetime

from django.db.models import Q

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import may_in_some_role
from onroll.cases.models import Case
from onroll.cases.queries import Typed, certain_case
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.referrals.actions.stage_notifications import inform_of_stage
from onroll.referrals.actions.steps import ACCEPT, keep, record, run, settle
from onroll.referrals.codes import DECISION_TITLES, Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision, Referral, ReferralRisk
from onroll.rules.triage import is_graver

TO_ITS_WORKER = "The child has an open case, so this goes to its worker and not through the hub."


def known_case_of(words: ChildWords) -> Case | None:
    """Return the open case of the child whom somebody chose on record, or certainly means."""
    if words.record is not None:
        return Case.objects.open().filter(child=words.record).first()
    return certain_case(Typed(words.forename, words.surname, words.born_on))


def route(referral: Referral, *, at: datetime) -> Referral:
    """Send what is about children with open cases to their workers, and tell these.

    Of an urgent one, and of one with an answer on risk that is graver than those known of the case,
    the hub decides as well. A case without an owner who may see referrals is left to the hub.
    """
    with_case = referral.children.filter(known_case__isnull=False)
    is_settled, was = False, referral.stage
    for entry in with_case.select_related("known_case__owner"):
        worker = _worker(entry.known_case)
        if worker is None:
            continue
        messages.tell(kind=Kind.REFERRAL_OF_CASE, ref=referral.ref, to=[worker], at=at)
        if referral.is_urgent or _is_graver(referral, entry.known_case):
            continue
        decision = HubDecision.objects.create(
            entry=entry, decision=Decision.OPEN_CASE.value, why=TO_ITS_WORKER, at=at
        )
        run(decision, ACCEPT, is_urgent=referral.is_urgent, at=at)
        title = DECISION_TITLES[Decision.OPEN_CASE]
        record(referral, f"Decided: {title}", why=TO_ITS_WORKER, at=at, by=None, about=[entry])
        is_settled = True
    if is_settled:
        settle(referral, at=at)
        keep(referral)
        inform_of_stage(referral, was=was, at=at)
    return referral


def _is_graver(referral: Referral, case: Case | None) -> bool:
    """Say whether a referral answers a question on risk more gravely than the case's others did."""
    of_case = Q(referral__children__case=case) | Q(referral__children__known_case=case)
    earlier = ReferralRisk.objects.filter(of_case).exclude(referral=referral)
    before: dict[str, str] = {}
    for question, answer in earlier.order_by("referral__sent_at", "pk").values_list(
        "question", "answer"
    ):
        before[question] = answer
    return is_graver(new=dict(referral.risks.values_list("question", "answer")), before=before)


def _worker(case: Case | None) -> User | None:
    """Return the owner of a case, if they may see referrals."""
    owner = case.owner if case is not None else None
    return owner if owner and may_in_some_role(owner, Permission.CASE_TRIAGE) else None
