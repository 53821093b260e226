"""Every read of audits of casework, and of their forms."""

from onroll.case_audits.queries.audits import (
    audits_in_sight,
    cases_of,
    figures_of,
    get_audit,
    references_in_sight,
    sample_of,
)
from onroll.case_audits.queries.offers import (
    event_rows,
    events,
    todo,
)

__all__ = [
    "audits_in_sight",
    "cases_of",
    "event_rows",
    "events",
    "figures_of",
    "get_audit",
    "references_in_sight",
    "sample_of",
    "todo",
]
