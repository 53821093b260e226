"""A referral, the children it is about, what happened to it, and the quarantine."""

from onroll.referrals.models.quarantine import Quarantine, QuarantineQuerySet
from onroll.referrals.models.referral import (
    Referral,
    ReferralQuerySet,
    ReferralStep,
    ReferredChild,
)

__all__ = [
    "Quarantine",
    "QuarantineQuerySet",
    "Referral",
    "ReferralQuerySet",
    "ReferralStep",
    "ReferredChild",
]
