"""A referral: who tells us of which children, what the hub decides, and who takes them on."""

from onroll.referrals.models.quarantine import Quarantine, QuarantineQuerySet
from onroll.referrals.models.referral import Referral, ReferralStep, ReferredChild
from onroll.referrals.models.start_record import StartRecord, StartRecordQuerySet

__all__ = [
    "Quarantine",
    "QuarantineQuerySet",
    "Referral",
    "ReferralStep",
    "ReferredChild",
    "StartRecord",
    "StartRecordQuerySet",
]
