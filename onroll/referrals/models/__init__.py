"""Referrals: what somebody told us, what the hub decides of each child, and who was told what."""

from onroll.referrals.models.child import ReferredChild
from onroll.referrals.models.contents import (
    ReferralEnquiry,
    ReferralFile,
    ReferralGroup,
    ReferralRisk,
    ReferralTalk,
)
from onroll.referrals.models.decision import HubDecision
from onroll.referrals.models.escalation import Escalation, Rank
from onroll.referrals.models.home_education import HomeEducationReport
from onroll.referrals.models.notice import HubNotice
from onroll.referrals.models.notification import (
    BY_ONROLL,
    UNDONE,
    Audience,
    Channel,
    Happening,
    Notification,
    NotificationQuerySet,
)
from onroll.referrals.models.quarantine import Quarantine, QuarantineQuerySet
from onroll.referrals.models.referral import RECEIVED_AT, Referral
from onroll.referrals.models.referrer import ReferralUpdate, StatusLink
from onroll.referrals.models.start_record import StartRecord, StartRecordQuerySet
from onroll.referrals.models.step import ADDED, ReferralStep

__all__ = [
    "ADDED",
    "BY_ONROLL",
    "RECEIVED_AT",
    "UNDONE",
    "Audience",
    "Channel",
    "Escalation",
    "Happening",
    "HomeEducationReport",
    "HubDecision",
    "HubNotice",
    "Notification",
    "NotificationQuerySet",
    "Quarantine",
    "QuarantineQuerySet",
    "Rank",
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
