"""A referral: who tells us of which children, what the hub decides, and who takes them on."""

from onroll.referrals.models.referral import Referral, ReferralStep, ReferredChild

__all__ = ["Referral", "ReferralStep", "ReferredChild"]
