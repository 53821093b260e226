"""That the hub has what a referral was sent without, whoever told it and how (P12, P13)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.referrals.actions.steps import keep, lock, record
from onroll.referrals.lacks import open_lacks_of
from onroll.referrals.models import Referral
from onroll.rules.refusal import Refused

NOTHING_OWED = "The hub has this already. What you wrote is not saved."


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
