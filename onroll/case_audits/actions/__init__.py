"""Every write to audits of casework: the sample, the forms, what they ask for, and the end."""

from onroll.case_audits.actions.audits import SampleFacts, end_audit, start_audit
from onroll.case_audits.actions.forms import (
    FormFacts,
    ask_for,
    grade_case,
    leave_out,
)

__all__ = [
    "FormFacts",
    "SampleFacts",
    "ask_for",
    "end_audit",
    "grade_case",
    "leave_out",
    "start_audit",
]
