"""Every read for the weekly report, and what its figures ask of a person."""

from onroll.reports.queries.issued import (
    due_weeks,
    find_weekly,
    get_weekly,
    is_to_read,
    issued,
    last_finished,
    newest,
    week_of,
)
from onroll.reports.queries.jobs import oldest_job
from onroll.reports.queries.records import children_by_list
from onroll.reports.queries.sight import in_sight
from onroll.reports.queries.todo import midnight, todo
from onroll.reports.queries.weekly import FIGURES, weekly

__all__ = [
    "FIGURES",
    "children_by_list",
    "due_weeks",
    "find_weekly",
    "get_weekly",
    "in_sight",
    "is_to_read",
    "issued",
    "last_finished",
    "midnight",
    "newest",
    "oldest_job",
    "todo",
    "week_of",
    "weekly",
]
