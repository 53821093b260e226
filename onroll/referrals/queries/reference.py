"""The referral that a reference leads to: its own, or that of one of its hand-overs."""

from onroll.accounts.models import User
from onroll.referrals.models import HubDecision, Referral
from onroll.referrals.queries.referral import NoReferral, get_referral
from onroll.rules.references import grouped


def referral_of(user: User, ref: str) -> Referral:
    """Return the referral with a reference, or of a hand-over with it, in this person's sight.

    Referral.DoesNotExist otherwise.
    """
    decision = HubDecision.objects.filter(ref=ref).values_list("entry__referral__ref", flat=True)
    return get_referral(user, decision.first() or ref)


def find_reference(user: User, typed: str) -> str:
    """Return the reference of the referral meant by what was typed; empty if none is in sight."""
    try:
        return referral_of(user, grouped(typed)).ref
    except NoReferral:
        return ""
