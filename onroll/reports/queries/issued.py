"""Issued reports, and which are due."""

from datetime import date, timedelta

from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from onroll.accounts.models import User
from onroll.messages.models import Kind
from onroll.messages.queries import has_unread, unread
from onroll.reports.content import Weekly, digest, from_json
from onroll.reports.models import WeeklyReport

WEEK = timedelta(weeks=1)
MOST_CAUGHT_UP = 8
"""Missed weeks that are made up for; older figures have changed since."""


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def last_finished(on: date) -> date:
    """Return the Monday of the last week that is over on a day."""
    return week_of(on) - WEEK


def due_weeks(*, on: date, weekday: int) -> list[date]:
    """Return the Mondays of the weeks whose report is due on a day and not issued, oldest first.

    A week's report is due from the first `weekday` (Monday is 0) after it ended. Weeks missed since
    the last report are made up for; before the first report there is only the last week.
    """
    newest_due = last_finished(on) if on.weekday() >= weekday else last_finished(on) - WEEK
    last = WeeklyReport.objects.values_list("week_starts_on", flat=True).first()
    start = newest_due if last is None else last + WEEK
    start = max(start, newest_due - (MOST_CAUGHT_UP - 1) * WEEK)
    return [start + n * WEEK for n in range((newest_due - start) // WEEK + 1)]


def issued() -> QuerySet[WeeklyReport]:
    """Return the issued reports, newest first, without their content."""
    return WeeklyReport.objects.defer("content").select_related("issued_by")


def newest(user: User) -> QuerySet[WeeklyReport]:
    """Return the newest report, without its content; no row before the first.

    `unread_ref` is the newest of which this person was told and which they did not mark as read.
    """
    of_user = Subquery(unread(user, Kind.WEEKLY_REPORT)[:1])
    return issued().annotate(unread_ref=Coalesce(of_user, Value("")))[:1]


def get_weekly(ref: str) -> tuple[WeeklyReport, Weekly, bool]:
    """Return a report, its content, and whether its hash still agrees with the content.

    Raises DoesNotExist, and UnknownSchema for a report of another shape.
    """
    report = WeeklyReport.objects.select_related("issued_by").get(ref=ref)
    return report, from_json(report.content), digest(report.content) == report.sha256


def find_weekly(starts_on: date) -> WeeklyReport | None:
    """Return the report of the week from a Monday, if it was issued."""
    return WeeklyReport.objects.filter(week_starts_on=starts_on).first()


def is_to_read(user: User, report: WeeklyReport) -> bool:
    """Return whether this user was notified of a report and has not marked it as read."""
    return has_unread(user, Kind.WEEKLY_REPORT, report.ref)
