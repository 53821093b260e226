"""That the hub has what a referral was sent without, whoever told it and how (P12, P13)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.referrals.actions.steps import keep, lock, record
from onroll.referrals.lacks import open_lacks_of
from onroll.referrals.models import HubDecision, Referral, ReferredChild
from onroll.rules.refusal import Refused
from onroll.rules.triage import Checks, gaps_closed

FOUND_OUT = "The decision says what the hub found out."
NOTHING_OWED = "The hub has this already. What you wrote is not saved."


def note_found_out(
    referral: Referral, checks: Checks, *, by: User, at: datetime, about: Sequence[ReferredChild]
) -> None:
    """Write down what a referral was sent without and the hub found out for its decision.

    Of several children it is owed until it is found out of those who are decided about last.
    """
    closed = gaps_closed(checks)
    for lack in open_lacks_of(referral):
        if lack.code in closed and not _is_left(referral, about):
            title = f"Answered at the decision: {lack.words}"
            record(referral, title, why=FOUND_OUT, at=at, by=by, gives=[lack.code])


def _is_left(referral: Referral, about: Sequence[ReferredChild]) -> bool:
    """Say whether another child of a referral is still to be decided about."""
    decided = HubDecision.objects.standing().values("entry")
    others = referral.children.exclude(pk__in=[entry.pk for entry in about])
    return others.exclude(pk__in=decided).exists()


@transaction.atomic
def note_answered(
    *,
    referral: Referral,
    codes: Collection[str],
    words: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Referral:
    """Write down what the hub has of that which a referral was sent without: it is owed no longer.

    Raises Refused where somebody gave it meanwhile.
    """
    referral = lock(referral, version)
    answered = [lack for lack in open_lacks_of(referral) if lack.code in codes]
    if not answered:
        raise Refused(NOTHING_OWED)
    for lack in answered:
        title = f"Answered to the hub: {lack.words}"
        record(referral, title, why=words, at=at, by=by, gives=[lack.code])
    return keep(referral)
