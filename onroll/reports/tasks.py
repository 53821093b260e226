"""The job that issues the weekly report."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.reports import actions, queries
from onroll.schools.queries import our_policy

ACTOR = "worker:reports"


@app.periodic(cron="0 5 * * *")
@app.task(name="reports.weekly", queueing_lock="reports.weekly", pass_context=False)
def weekly(timestamp: int) -> None:
    """Issue what is due. It looks every morning, so that a missed Monday is made up for."""
    issue_due(timezone.localtime())


def issue_due(at: datetime) -> list[str]:
    """Issue every report that is due at a moment, and return the references.

    Each report is one transaction; doing it again does nothing twice.
    """
    refs = []
    on = at.date()
    for week in queries.due_weeks(on=on, weekday=our_policy().on(on).weekly_report_day):
        with acting(actor=ACTOR):
            report, _ = actions.issue_weekly(week_starts_on=week, at=at)
        refs.append(report.ref)
    return refs
