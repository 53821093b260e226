"""What the pages of enquiries ask: policy p.9 for each entry."""

from onroll.enquiries.forms.enquiry import EnquiryForm
from onroll.enquiries.forms.entry import (
    AnswerForm,
    AskForm,
    ChaseForm,
    EntryForm,
    SchoolAnswerForm,
)
from onroll.enquiries.forms.plan import LeaveOutForm, PlanForm, WithdrawForm
from onroll.enquiries.forms.visit import VisitForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "ChaseForm",
    "EnquiryForm",
    "EntryForm",
    "LeaveOutForm",
    "PlanForm",
    "SchoolAnswerForm",
    "VisitForm",
    "WithdrawForm",
]
