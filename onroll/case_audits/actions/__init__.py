"""Every write to audits of casework: the sample, the forms, what they ask for, and the end."""

from onroll.case_audits.actions.audits import SampleFacts, end_audit, start_audit
from onroll.case_audits.actions.forms import (
    ActionFacts,
    FormFacts,
    ask_for,
    finish,
    grade_case,
    leave_out,
)

__all__ = [
    "ActionFacts",
    "FormFacts",
    "SampleFacts",
    "ask_for",
    "end_audit",
    "finish",
    "grade_case",
    "leave_out",
    "start_audit",
]
