"""A case, why it exists, what is due on it, what has been done, and how it ended."""

from onroll.cases.models.case import Case, CaseReason, Member, Step
from onroll.cases.models.closing import Closing
from onroll.cases.models.review import RiskReview
from onroll.cases.models.sighting import Sighting
from onroll.cases.models.work import Alert, AlertKind, AlertWord, Note, SavedView

__all__ = [
    "Alert",
    "AlertKind",
    "AlertWord",
    "Case",
    "CaseReason",
    "Closing",
    "Member",
    "Note",
    "RiskReview",
    "SavedView",
    "Sighting",
    "Step",
]
