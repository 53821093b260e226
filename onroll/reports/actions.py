"""Issue the weekly report, once and for good, and notify the officers."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from onroll.accounts.models import User
from onroll.accounts.queries import colleagues
from onroll.accounts.roles import Role
from onroll.reports.content import as_json, digest
from onroll.reports.models import Notice, WeeklyReport
from onroll.reports.queries.issued import WeekNotOver, find_weekly, last_finished
from onroll.reports.queries.weekly import weekly

_ONE_AT_A_TIME = 5204
"""The advisory lock for issuing reports, so that no week is built twice."""

Send = Callable[[str, str], None]
"""Sends to an e-mail address the message about the report with a reference."""


@transaction.atomic
def issue_weekly(
    *, week_starts_on: date, at: datetime, by: User | None = None
) -> tuple[WeeklyReport, bool]:
    """Freeze the report of a week that is over, and note whom to tell (P52).

    Returns the report and whether it is new: a week that has a report keeps it. Raises
    WeekNotOver before the week's Sunday is past, and ValueError when the day is no Monday.
    """
    if week_starts_on.weekday():
        raise ValueError("A week starts on a Monday.")
    if week_starts_on > last_finished(timezone.localtime(at).date()):
        raise WeekNotOver
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
    Notice.objects.bulk_create(
        Notice(report=report, user=user, made_at=at) for user in colleagues(Role.LOC)
    )
    return report, True


@transaction.atomic
def send_notice(*, notice_id: int, send: Send, at: datetime) -> bool:
    """Send one message, unless it has gone; return whether it went now.

    The row is locked while the mail server is spoken to: two workers cannot send it twice, and one
    that dies in between sends it again.
    """
    notice = (
        Notice.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("report", "user")
        .defer("report__content")
        .filter(pk=notice_id, sent_at__isnull=True)
        .first()
    )
    if notice is None:
        return False
    send(notice.user.email, notice.report.ref)
    notice.sent_at = at
    notice.save(update_fields=["sent_at"])
    return True


@transaction.atomic
def read_report(*, report: WeeklyReport, by: User, at: datetime) -> None:
    """Note that a person says they have read a report; their page then stops pointing at it."""
    Notice.objects.filter(report=report, user=by, read_at__isnull=True).update(read_at=at)
