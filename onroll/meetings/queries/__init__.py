"""Every read of meetings of agencies, and of their agendas."""

from onroll.meetings.queries.agenda import Proposal, is_whole, items_of, proposals
from onroll.meetings.queries.meetings import (
    get_meeting,
    item_of,
    meetings_in_sight,
)
from onroll.meetings.queries.offers import (
    coming,
    event_rows,
    events,
    todo,
)

__all__ = [
    "Proposal",
    "coming",
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
