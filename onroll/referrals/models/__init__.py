"""Referrals: what somebody told us of which children, and who was told what of it."""

from onroll.referrals.models.contents import (
    ReferralEnquiry,
    ReferralFile,
    ReferralGroup,
    ReferralRisk,
    ReferralTalk,
)
from onroll.referrals.models.following import ReferralUpdate, StatusLink
from onroll.referrals.models.home_education import HomeEducationReport
from onroll.referrals.models.notification import (
    BY_ONROLL,
    Audience,
    Channel,
    Happening,
    Notification,
)
from onroll.referrals.models.quarantine import Quarantine, QuarantineQuerySet
from onroll.referrals.models.referral import Referral, ReferralStep, ReferredChild
from onroll.referrals.models.start_record import StartRecord, StartRecordQuerySet

__all__ = [
    "BY_ONROLL",
    "Audience",
    "Channel",
    "Happening",
    "HomeEducationReport",
    "Notification",
    "Quarantine",
    "QuarantineQuerySet",
    "Referral",
    "ReferralEnquiry",
    "ReferralFile",
    "ReferralGroup",
    "ReferralRisk",
    "ReferralStep",
    "ReferralTalk",
    "ReferralUpdate",
    "ReferredChild",
    "StartRecord",
    "StartRecordQuerySet",
    "StatusLink",
]
