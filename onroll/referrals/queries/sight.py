"""Who may know what of a referral: who referred, and what was told of risk."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from onroll.accounts.access import may, must_state_a_reason, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import is_theirs
from onroll.cases.models import Case
from onroll.cases.queries import cases_worked_on, may_on
from onroll.children.models import Child
from onroll.referrals.models import Referral, ReferralRisk, ReferredChild, StartRecord
from onroll.referrals.queries.referral import children_of
from onroll.rules.risk import EXPLOITATION, RiskAnswer


def reads_hub(user: User, referral: Referral) -> bool:
    """Return whether this person may read a referral as the hub does (access matrix, row 16)."""
    return Referral.objects.visible_to(user).filter(pk=referral.pk).exists()


def is_of(referral: Referral, children: Collection[int]) -> bool:
    """Return whether a referral is certainly about one of these children on record."""
    if not children:
        return False
    rows = ReferredChild.objects.of_children(Child.objects.filter(pk__in=children))
    of_case = referral.from_case is not None and referral.from_case.child_id in children
    return of_case or rows.filter(referral=referral).exists()


def sees_referrer(user: User, children: Sequence[ReferredChild], *, on: date) -> bool:
    """Return whether this person may know on a day who referred (access matrix, row 10).

    Who may know it on cases of their own learns it once a child of the referral is theirs.
    """
    match scope(user, Permission.REFERRER_VIEW):
        case Scope.ALL:
            return True
        case Scope.ASSIGNED:
            return _is_theirs(user, children, on=on)
        case _:
            return False


def may_ask_who_referred(user: User, children: Sequence[ReferredChild], *, on: date) -> bool:
    """Return whether this person sees who referred once they say why: a child of it is theirs."""
    asks = must_state_a_reason(user, Permission.REFERRER_VIEW)
    return asks and _is_theirs(user, children, on=on)


def sees_referrer_of_case(user: User, case: Case) -> bool:
    """Return whether this person may know who referred the child of a case, likewise."""
    match scope(user, Permission.REFERRER_VIEW):
        case Scope.ALL:
            return True
        case Scope.ASSIGNED:
            return may_on(user, Permission.REFERRER_VIEW, case)
        case _:
            return False


def sees_who_says_so(user: User, row: StartRecord, *, on: date) -> bool:
    """Return whether this person may know who wrote a record down: of a referral that it became,
    or that followed a call, who made it."""
    referral = row.referral or row.referrals.first()
    if referral is None or row.by == user:
        return True
    return sees_referrer(user, children_of(referral), on=on)


def sees_risk(
    user: User, referral: Referral, children: Sequence[ReferredChild], *, on: date
) -> bool:
    """Return whether this person may read of risk, and what was checked (access matrix, row 9).

    Who may read it on cases of their own reads it of a hand-over that waits for their yes as well:
    nobody accepts by name what they may not read (decision 31). So does whoever has the open case
    of a child about whom the hub decided.
    """
    match scope(user, Permission.NOTES_VIEW):
        case Scope.ALL:
            return True
        case Scope.ASSIGNED:
            if referral.owner_id == user.pk or _waits_for(user, children):
                return True
            return _is_theirs(user, children, on=on) or _is_known(user, children, on)
        case _:
            return False


def _waits_for(user: User, children: Sequence[ReferredChild]) -> bool:
    """Say whether a child was handed over to those of whom this person is one."""
    waiting = any(child.decision and child.decision.is_to_accept for child in children)
    return waiting and may(user, Permission.REFERRAL_ACCEPT)


def _is_known(user: User, children: Sequence[ReferredChild], on: date) -> bool:
    """Say whether the hub decided about a child whose open case this person has, or covers for."""
    cases = [child.known_case for child in children if child.decision and child.known_case]
    still = [case.pk for case in cases if case.is_open]
    own = is_theirs(user, "owner", on=on)
    return bool(still) and Case.objects.not_sealed_off(user).filter(own, pk__in=still).exists()


def _is_theirs(user: User, children: Sequence[ReferredChild], *, on: date) -> bool:
    """Say whether this person has accepted one of the children, or works on the case of one."""
    cases = [child.case_id for child in children if child.case_id]
    decisions = [child.decision for child in children if child.decision]
    if any(decision.accepted_by_id == user.pk for decision in decisions):
        return True
    return bool(cases) and cases_worked_on(user, on=on).filter(pk__in=cases).exists()


def to_open_again(
    user: User, referral: Referral, children: Sequence[ReferredChild]
) -> frozenset[int]:
    """Return the numbers of the children whom this person is offered to open again for the hub.

    Not who sent the case; not who may accept the child, and turns it back instead; and not who has
    the case that it joined, and sends that to the hub.
    """
    if referral.is_case_sent_by(user) or not may(user, Permission.CASE_TRIAGE):
        return frozenset()
    accepts = may(user, Permission.REFERRAL_ACCEPT)
    return frozenset(
        child.number
        for child in children
        if (decision := child.decision) is not None
        and decision.may_be_opened_again
        and not (decision.is_to_accept and accepts)
        and not (child.case is not None and child.case.owner_id == user.pk)
    )


def to_take_back(user: User, children: Sequence[ReferredChild]) -> frozenset[int]:
    """Return the numbers of the children whom this person is offered to take back as a mistake.

    That is a receipt on which nothing rests, or an acceptance whose case is open; whether work
    rests on that, its page says.
    """
    accepts = may(user, Permission.REFERRAL_ACCEPT)
    return frozenset(
        child.number
        for child in children
        if (decision := child.decision) is not None
        and (
            decision.may_be_given_back
            or (accepts and decision.accepted_by_id and child.case and child.case.is_open)
        )
    )


def with_exploitation(rows: QuerySet[Referral], user: User) -> QuerySet[Referral]:
    """Add what each says of sexual exploitation, if not no, for who reads all of risk (row 9).

    Policy p.4: that risk has an assessment of its own, before anybody has graded the referral.
    """
    if scope(user, Permission.NOTES_VIEW) is not Scope.ALL:
        return rows
    answers = ReferralRisk.objects.filter(referral=OuterRef("pk"), question=EXPLOITATION)
    raised = answers.exclude(answer=RiskAnswer.NO.value).values("answer")
    return rows.annotate(exploitation=Subquery(raised[:1]))
