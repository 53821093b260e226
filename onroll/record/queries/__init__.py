"""Every read of what the family was told, of complaints, and of what is printed of a case."""

from onroll.record.queries.household import Relative, household_of
from onroll.record.queries.offers import coming, event_rows, events, todo
from onroll.record.queries.pages import (
    NoCaseFile,
    NoComplaint,
    case_file_of,
    complaints_in_sight,
    get_complaint,
    page_of,
)
from onroll.record.queries.printing import CaseRecord, may_print, record_of

__all__ = [
    "CaseRecord",
    "NoCaseFile",
    "NoComplaint",
    "Relative",
    "case_file_of",
    "coming",
    "complaints_in_sight",
    "event_rows",
    "events",
    "get_complaint",
    "household_of",
    "may_print",
    "page_of",
    "record_of",
    "todo",
]
