"""Referrals, what the hub decides about each child of one, and to whom what waits is passed on."""

from onroll.referrals.models.decision import HubDecision
from onroll.referrals.models.escalation import Escalation, Rank
from onroll.referrals.models.notice import HubNotice
from onroll.referrals.models.quarantine import Quarantine, QuarantineQuerySet
from onroll.referrals.models.referral import Referral, ReferralStep, ReferredChild

__all__ = [
    "Escalation",
    "HubDecision",
    "HubNotice",
    "Quarantine",
    "QuarantineQuerySet",
    "Rank",
    "Referral",
    "ReferralStep",
    "ReferredChild",
]
