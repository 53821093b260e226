"""Issue the weekly report, once and for good, and notify the officers."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from onroll.accounts.models import User
from onroll.accounts.queries import colleagues
from onroll.accounts.roles import Role
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.reports.content import as_json, digest
from onroll.reports.models import WeeklyReport
from onroll.reports.queries.issued import find_weekly, last_finished
from onroll.reports.queries.weekly import weekly
from onroll.rules.refusal import Refused

_ONE_AT_A_TIME = 5204
"""The advisory lock for issuing reports, so that no week is built twice."""
NOT_OVER = (
    "This week is not over. A report is issued from the Monday after; until then "
    "the page “This week so far” shows the figures."
)


@transaction.atomic
def issue_weekly(
    *, week_starts_on: date, at: datetime, by: User | None = None
) -> tuple[WeeklyReport, bool]:
    """Freeze the report of a week that is over, and tell the officers that it is ready (P52).

    Returns the report and whether it is new: a week that has a report keeps it. Raises
    Refused before the week's Sunday is past, and ValueError when the day is no Monday.
    """
    if week_starts_on.weekday():
        raise ValueError("A week starts on a Monday.")
    if week_starts_on > last_finished(timezone.localtime(at).date()):
        raise Refused(NOT_OVER)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    report = find_weekly(week_starts_on)
    if report is not None:
        return report, False
    content = as_json(weekly(starts_on=week_starts_on, at=at))
    report = WeeklyReport.objects.create(
        week_starts_on=week_starts_on,
        issued_at=at,
        issued_by=by,
        content=content,
        sha256=digest(content),
    )
    messages.tell(kind=Kind.WEEKLY_REPORT, ref=report.ref, to=colleagues(Role.LOC), at=at)
    return report, True


def read_report(*, report: WeeklyReport, by: User, at: datetime) -> None:
    """Note that a person says they have read a report; their page then stops pointing at it."""
    messages.note_read(kind=Kind.WEEKLY_REPORT, ref=report.ref, by=by, at=at)
