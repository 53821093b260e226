"""Every read of audits of casework, of their forms and of what they ask for."""

from onroll.case_audits.queries.audits import (
    action_of,
    actions_in_sight,
    audits_in_sight,
    cases_of,
    figures_of,
    get_audit,
    references_in_sight,
    sample_of,
)
from onroll.case_audits.queries.offers import (
    case_panels,
    case_rows,
    coming,
    event_rows,
    events,
    todo,
)

__all__ = [
    "action_of",
    "actions_in_sight",
    "audits_in_sight",
    "case_panels",
    "case_rows",
    "cases_of",
    "coming",
    "event_rows",
    "events",
    "figures_of",
    "get_audit",
    "references_in_sight",
    "sample_of",
    "todo",
]
