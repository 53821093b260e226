"""A report is issued once, frozen, and told of without a word about anyone (P52, P58)."""

from datetime import date, datetime, timedelta

import psycopg
import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, connection, transaction

from onroll.accounts import actions as accounts
from onroll.accounts.models import User
from onroll.audit.models import ChangeEvent
from onroll.messages.models import Message
from onroll.messages.tasks import deliver_due
from onroll.reports import actions, queries, tasks
from onroll.reports.content import digest
from onroll.reports.models import WeeklyReport
from onroll.rules.refusal import Refused
from tests.people import People
from tests.reports.world import CANARIES, MONDAY, NEXT_MONDAY, World

pytestmark = pytest.mark.django_db


def test_issuing_again_gives_the_report_that_is_there(report: WeeklyReport) -> None:
    later = NEXT_MONDAY + timedelta(days=3)
    again, is_new = actions.issue_weekly(week_starts_on=MONDAY, at=later)
    assert (again.pk, again.issued_at, is_new) == (report.pk, report.issued_at, False)
    assert WeeklyReport.objects.count() == 1
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_weeklyreport SET content = '{}'",
        "UPDATE reports_weeklyreport SET issued_at = now()",
        "DELETE FROM reports_weeklyreport",
    ],
)
def test_the_database_refuses_any_change_of_an_issued_report(
    report: WeeklyReport, statement: str
) -> None:
    """Tried as the role of web and worker, in the database itself."""
    refused = pytest.raises(IntegrityError, match="never changed or deleted")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    report.refresh_from_db()
    assert digest(report.content) == report.sha256


def test_the_app_may_not_switch_the_freezing_off(report: WeeklyReport) -> None:
    for statement in (
        "ALTER TABLE reports_weeklyreport DISABLE TRIGGER frozen",
        "DROP TRIGGER frozen ON reports_weeklyreport",
        "TRUNCATE reports_weeklyreport CASCADE",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(Exception, match=r"owner|denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_what_happens_later_leaves_an_issued_report_as_it_was(
    report: WeeklyReport, world: World
) -> None:
    child = world.closed.child
    child.surname = "Changedsince"
    child.save()
    _, weekly, is_intact = queries.get_weekly(report.ref)
    assert "Pip Provedson" in {line.name for line in weekly.closed}
    assert is_intact


def test_a_report_that_was_tampered_with_is_found_out(
    owner_url: str, transactional_db: None
) -> None:
    """An owner of the database can get round the trigger; the fingerprint then tells."""
    actions.issue_weekly(week_starts_on=MONDAY, at=NEXT_MONDAY)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE reports_weeklyreport DISABLE TRIGGER frozen")
        owner.execute(
            "UPDATE reports_weeklyreport SET content = jsonb_set(content, '{register_total}', '7')"
        )
        owner.execute("ALTER TABLE reports_weeklyreport ENABLE ALWAYS TRIGGER frozen")
    report = WeeklyReport.objects.get()
    assert queries.get_weekly(report.ref)[2] is False


def test_a_week_that_is_not_over_has_no_report(people: People) -> None:
    with pytest.raises(Refused, match="not over"):
        actions.issue_weekly(week_starts_on=date(2026, 11, 23), at=NEXT_MONDAY)
    with pytest.raises(ValueError, match="Monday"):
        actions.issue_weekly(week_starts_on=date(2026, 11, 17), at=NEXT_MONDAY)
    assert not WeeklyReport.objects.exists()


def test_the_trail_says_that_a_report_was_issued_and_not_whom_it_names(
    report: WeeklyReport,
) -> None:
    entry = ChangeEvent.objects.get(table_name="reports_weeklyreport")
    assert (entry.verb, entry.actor) == ("insert", "worker:reports")
    assert not any(name in str(entry.after) for name in CANARIES)


def _due(at: datetime) -> list[date]:
    return queries.due_weeks(on=at.date(), weekday=0)


def test_a_missed_monday_is_made_up_for(people: People) -> None:
    """The queue stood still over two Mondays: on the Wednesday both reports are made."""
    assert _due(NEXT_MONDAY) == [MONDAY]
    tasks.issue_due(NEXT_MONDAY)
    wednesday = NEXT_MONDAY + timedelta(days=16)
    assert len(tasks.issue_due(wednesday)) == 2
    assert tasks.issue_due(wednesday) == []
    weeks = WeeklyReport.objects.values_list("week_starts_on", flat=True)
    assert list(weeks) == [MONDAY + timedelta(14), MONDAY + timedelta(7), MONDAY]


def test_after_a_long_stop_only_the_last_eight_weeks_are_made_up_for(report: WeeklyReport) -> None:
    late = NEXT_MONDAY + timedelta(weeks=30)
    assert len(_due(late)) == 8
    assert _due(late)[-1] == queries.last_finished(late.date())


def test_a_policy_may_choose_another_day_of_the_week(people: People) -> None:
    thursday = 3
    monday, wednesday = date(2026, 11, 23), date(2026, 11, 25)
    before = [date(2026, 11, 9)]
    assert queries.due_weeks(on=monday, weekday=thursday) == before
    assert queries.due_weeks(on=wednesday, weekday=thursday) == before
    assert queries.due_weeks(on=date(2026, 11, 26), weekday=thursday) == [MONDAY]


def test_the_message_says_only_that_the_report_is_ready_and_where(
    world: World, people: People
) -> None:
    """P58: no pupil data in ordinary e-mail, ever; no figure either."""
    tasks.issue_due(NEXT_MONDAY)
    deliver_due(NEXT_MONDAY)
    (message,) = mail.outbox
    report = WeeklyReport.objects.get()
    link = f"{settings.BASE_URL}/reports/weekly/{report.ref}/"
    assert message.to == [people.olive.email]
    assert link in message.body
    said = f"{message.subject} {message.body}".replace(link, "")
    assert not any(letter.isdigit() for letter in said)
    assert not any(canary in said for canary in CANARIES)
    assert message.attachments == []
    assert "St Ann" not in said


def test_nobody_is_told_twice(world: World) -> None:
    tasks.issue_due(NEXT_MONDAY)
    tasks.issue_due(NEXT_MONDAY)
    assert deliver_due(NEXT_MONDAY) == 1
    assert deliver_due(NEXT_MONDAY) == 0
    assert len(mail.outbox) == 1
    assert Message.objects.get().sent_at == NEXT_MONDAY


def test_only_active_officers_for_missing_education_are_told(people: People) -> None:
    accounts.disable(user=people.olive, by=None, at=NEXT_MONDAY)
    actions.issue_weekly(week_starts_on=MONDAY, at=NEXT_MONDAY)
    assert Message.objects.count() == 0
    assert User.objects.filter(role="loc", is_active=True).count() == 0


def test_the_nightly_job_is_in_the_queue_as_reports_weekly() -> None:
    assert tasks.weekly.name == "reports.weekly"
