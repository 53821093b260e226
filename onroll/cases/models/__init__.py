"""A case, why it exists, what is due on it, and what has been done."""

from onroll.cases.models.case import Case, CaseReason, Member, Step
from onroll.cases.models.work import Alert, Deadline, DeadlineChange, Note, SavedView

__all__ = [
    "Alert",
    "Case",
    "CaseReason",
    "Deadline",
    "DeadlineChange",
    "Member",
    "Note",
    "SavedView",
    "Step",
]
