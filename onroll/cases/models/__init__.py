"""A case, why it exists, what is due on it, what has been done, and how it ended."""

from onroll.cases.models.action_point import ActionPoint
from onroll.cases.models.case import WHEREABOUTS_KNOWN, Case, CaseReason, Member, Step, is_own
from onroll.cases.models.closing import Closing
from onroll.cases.models.manager import CaseReview, ManagerQuestion
from onroll.cases.models.police import PoliceReport
from onroll.cases.models.review import RiskReview
from onroll.cases.models.risk_choice import RiskChoice
from onroll.cases.models.seal import Seal, SealProposal, sealed_off
from onroll.cases.models.sighting import Sighting
from onroll.cases.models.warning import WarningNote
from onroll.cases.models.work import Alert, AlertKind, AlertWord, Note, SavedView

__all__ = [
    "WHEREABOUTS_KNOWN",
    "ActionPoint",
    "Alert",
    "AlertKind",
    "AlertWord",
    "Case",
    "CaseReason",
    "CaseReview",
    "Closing",
    "ManagerQuestion",
    "Member",
    "Note",
    "PoliceReport",
    "RiskChoice",
    "RiskReview",
    "SavedView",
    "Seal",
    "SealProposal",
    "Sighting",
    "Step",
    "WarningNote",
    "is_own",
    "sealed_off",
]
