"""The job that issues the weekly report and tells the officers that it is there."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.reports import actions, queries
from onroll.schools.queries import our_policy

ACTOR = "worker:reports"
SUBJECT = "The weekly report on children missing education is ready"


@app.periodic(cron="0 5 * * *")
@app.task(name="reports.weekly", queueing_lock="reports.weekly", pass_context=False)
def weekly(timestamp: int) -> None:
    """Issue what is due. It looks every morning, so that a missed Monday is made up for."""
    issue_due(timezone.localtime())


def issue_due(at: datetime) -> list[str]:
    """Issue every report that is due at a moment, tell the officers, and return the references.

    Each report is one transaction and each message another; doing it again does nothing twice.
    """
    refs = []
    on = at.date()
    for week in queries.due_weeks(on=on, weekday=our_policy().on(on).weekly_report_day):
        with acting(actor=ACTOR):
            report, _ = actions.issue_weekly(week_starts_on=week, at=at)
        refs.append(report.ref)
    tell(at)
    return refs


def tell(at: datetime) -> int:
    """Send the messages that wait; return how many went. Without a mail server they wait on."""
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return 0
    sent = 0
    for notice_id in queries.unsent_notices(at=at):
        with acting(actor=ACTOR):
            sent += actions.send_notice(notice_id=notice_id, send=send, at=at)
    return sent


def send(address: str, ref: str) -> None:
    """Send the message: that the report is ready and where it is, and nothing else (P58)."""
    link = settings.BASE_URL + reverse("weekly_report", args=[ref])
    words = render_to_string("reports/message.txt", {"link": link})
    send_mail(SUBJECT, words, settings.DEFAULT_FROM_EMAIL, [address])
