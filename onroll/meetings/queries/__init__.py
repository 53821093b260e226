"""Every read of meetings of agencies, of their agendas and of what they decided."""

from onroll.meetings.queries.agenda import Proposal, is_whole, items_of, proposals
from onroll.meetings.queries.meetings import (
    decision_of,
    decisions_in_sight,
    get_meeting,
    item_of,
    meetings_in_sight,
)
from onroll.meetings.queries.offers import (
    case_panels,
    case_rows,
    coming,
    event_rows,
    events,
    todo,
)

__all__ = [
    "Proposal",
    "case_panels",
    "case_rows",
    "coming",
    "decision_of",
    "decisions_in_sight",
    "event_rows",
    "events",
    "get_meeting",
    "is_whole",
    "item_of",
    "items_of",
    "meetings_in_sight",
    "proposals",
    "todo",
]
