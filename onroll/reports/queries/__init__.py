"""Every read for reports, the day's work and the weekly report."""

from onroll.reports.queries.issued import (
    WeekNotOver,
    due_weeks,
    find_weekly,
    get_weekly,
    is_to_read,
    issued,
    last_finished,
    newest,
    unread_notice,
    unsent_notices,
    week_of,
)
from onroll.reports.queries.today import Today, is_late, refused_since, today
from onroll.reports.queries.weekly import FIGURES, weekly

__all__ = [
    "FIGURES",
    "Today",
    "WeekNotOver",
    "due_weeks",
    "find_weekly",
    "get_weekly",
    "is_late",
    "is_to_read",
    "issued",
    "last_finished",
    "newest",
    "refused_since",
    "today",
    "unread_notice",
    "unsent_notices",
    "week_of",
    "weekly",
]
