"""P17, P58: messages to people without an account, of whom the outbox knows no address."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError
from procrastinate.contrib.django.models import ProcrastinateJob

from onroll.audit.models import ChangeEvent
from onroll.messages import actions, queries, tasks
from onroll.messages.models import Kind, Message
from onroll.messages.quiet import in_the_morning
from onroll.referrals.actions import ask_for_link, release
from onroll.referrals.codes import Decision
from onroll.referrals.models import StatusLink
from onroll.rules.hours import ENGLAND
from tests.journeys.visitor import Visitor
from tests.messages.mail_server import MailServer
from tests.people import People
from tests.referrals.made import decide, flood, refer

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NORA = "nora@example.org"
HOUR = timedelta(hours=1)
NIGHT = (time(21), time(8))


def test_who_left_an_address_is_sent_a_link_that_opens_and_names_nobody(
    server: MailServer,
) -> None:
    """P17, P58."""
    refer(at=datetime.now(UTC), referrer_contact=f"Nora, {NORA}")
    assert tasks.deliver_due(datetime.now(UTC)) == 1
    ((address, text),) = server.letters
    assert address == NORA
    body = text.replace("=\n", "").replace("=3D", "=")
    for words in ("Sam", "Example", "Nextdoor", "plays"):
        assert words not in body
    link = next(word for word in body.split() if "/refer/status/" in word)
    Visitor(None).open(link.removeprefix(settings.BASE_URL)).see("We have your form", "234-567-89A")


def test_no_job_message_or_entry_of_the_trail_holds_the_address(server: MailServer) -> None:
    """P58: it stands on the referral, and nowhere else."""
    refer(at=NOON, referrer_contact=NORA)
    ask_for_link(ref="234-567-89A", at=NOON)
    tasks.deliver_due(NOON)
    jobs = ProcrastinateJob.objects.filter(task_name="messages.deliver")
    assert [job.args for job in jobs] == [{}, {}]
    assert Message.objects.get().user is None
    entries = ChangeEvent.objects.filter(table_name="outbox_message")
    assert entries.exists()
    assert not any(NORA in str((entry.before, entry.after)) for entry in entries)


@pytest.mark.parametrize("contact", ["020 7946 0000", ""])
def test_who_left_none_is_sent_nothing(server: MailServer, contact: str) -> None:
    refer(at=NOON, referrer_contact=contact)
    assert tasks.deliver_due(NOON) == 0
    assert not Message.objects.exists()


def test_a_lost_link_of_a_reference_that_nothing_has_is_gone_without_a_trace(
    server: MailServer,
) -> None:
    ask_for_link(ref="999-999-999", at=NOON)
    assert Message.objects.get().kind == "referral_link"
    assert tasks.deliver_due(NOON) == 0
    assert not Message.objects.exists()
    assert server.letters == []


def test_a_link_can_be_lost_again_and_again(server: MailServer) -> None:
    refer(at=NOON, referrer_contact=NORA)
    for hours in range(3):
        ask_for_link(ref="234-567-89A", at=NOON + hours * HOUR)
        tasks.deliver_due(NOON + hours * HOUR)
    assert len(server.letters) == 3
    assert StatusLink.objects.count() == 3


def test_what_is_refused_leaves_no_link_and_is_tried_again(server: MailServer) -> None:
    refer(at=NOON, referrer_contact="nobody@example.org")
    assert tasks.deliver_due(NOON) == 0
    message = queries.not_taken(at=NOON).get()
    assert (message.tries, message.due_at) == (1, NOON + timedelta(minutes=5))
    assert not StatusLink.objects.exists()


def test_several_events_that_wait_are_one_message_of_the_weightiest(
    server: MailServer, people: People
) -> None:
    referral = refer(at=NOON, referrer_contact=NORA)
    decide(referral=referral, decision=Decision.NO_ACTION, why="x", by=people.mo, at=NOON)
    ask_for_link(ref=referral.ref, at=NOON)
    assert Message.objects.get().kind == "referral_closed"
    assert tasks.deliver_due(NOON) == 1
    ((_, text),) = server.letters
    assert "Subject: Our work is over" in text
    assert "We have finished our work on your form" in " ".join(text.replace("=\n", "").split())


def test_the_later_end_is_what_a_message_that_waits_says(server: MailServer) -> None:
    """P17: it says that our work is over where it is, and not where it goes on again."""
    referral = refer(at=NOON, referrer_contact=NORA)

    def tell(kind: Kind) -> str:
        actions.tell_without_account(kind=kind, ref=referral.ref, at=NOON)
        return Message.objects.get().kind

    assert tell(Kind.REFERRAL_DECIDED) == "referral_decided"
    assert tell(Kind.REFERRAL_CLOSED) == "referral_closed"
    assert tell(Kind.REFERRAL_LINK) == "referral_closed"
    assert tell(Kind.REFERRAL_DECIDED) == "referral_decided"
    tell(Kind.REFERRAL_CLOSED)
    actions.unsay_close(ref=referral.ref)
    tasks.deliver_due(NOON)
    ((_, text),) = server.letters
    assert "Subject: How far your form is" in text


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        (datetime(2026, 7, 1, 20, 59), datetime(2026, 7, 1, 20, 59)),
        (datetime(2026, 7, 1, 21, 0), datetime(2026, 7, 2, 8, 0)),
        (datetime(2026, 7, 2, 7, 59), datetime(2026, 7, 2, 8, 0)),
        (datetime(2026, 7, 2, 8, 0), datetime(2026, 7, 2, 8, 0)),
        (datetime(2026, 10, 24, 22, 0), datetime(2026, 10, 25, 8, 0)),
    ],
)
def test_the_quiet_hours_are_those_of_england(at: datetime, sent: datetime) -> None:
    assert in_the_morning(at.replace(tzinfo=ENGLAND), NIGHT) == sent.replace(tzinfo=ENGLAND)


def test_quiet_hours_within_one_day_and_none_at_all() -> None:
    siesta = (time(13), time(15))
    at = datetime(2026, 7, 1, 14, 0, tzinfo=ENGLAND)
    assert in_the_morning(at, siesta) == at + HOUR
    assert in_the_morning(at + HOUR, siesta) == at + HOUR
    assert in_the_morning(at, None) == at


def test_at_night_only_what_somebody_waits_for_is_sent(server: MailServer, people: People) -> None:
    late = NOON + 11 * HOUR
    referral = refer(at=late, referrer_contact=NORA)
    assert tasks.deliver_due(late) == 1
    decide(referral=referral, decision=Decision.NO_ACTION, why="x", by=people.mo, at=late)
    assert tasks.deliver_due(late) == 0
    assert tasks.deliver_due(late + 9 * HOUR) == 1


def test_a_link_that_is_asked_for_goes_at_once_though_a_closing_message_waits_for_the_morning(
    server: MailServer, people: People
) -> None:
    late = NOON + 11 * HOUR
    referral = refer(at=NOON, referrer_contact=NORA)
    assert tasks.deliver_due(NOON) == 1
    decide(referral=referral, decision=Decision.NO_ACTION, why="x", by=people.mo, at=late)
    assert tasks.deliver_due(late) == 0
    ask_for_link(ref=referral.ref, at=late)
    assert tasks.deliver_due(late) == 1
    assert "/refer/status/" in server.letters[-1][1]
    assert tasks.deliver_due(late + 9 * HOUR) == 0


def test_the_database_takes_no_kind_for_the_wrong_people(people: People) -> None:
    with pytest.raises(IntegrityError, match="message_is_to_an_account_or_of_a_kind"):
        Message.objects.create(kind="weekly_report", ref="222-222-222", made_at=NOON, due_at=NOON)


def test_one_letter_stands_for_all_that_is_due_to_one_person(
    server: MailServer, people: People
) -> None:
    for ref in ("222-222-222", "333-333-333"):
        actions.tell(kind=Kind.WEEKLY_REPORT, ref=ref, to=[people.olive, people.max], at=NOON)
    assert tasks.deliver_due(NOON) == 2
    assert {address for address, _ in server.letters} == {people.olive.email, people.max.email}
    assert all("Several things wait for you" in text for _, text in server.letters)
    assert not Message.objects.filter(sent_at=None).exists()


def test_the_outbox_shows_what_was_not_taken_and_no_address(
    server: MailServer, people: People
) -> None:
    now = datetime.now(UTC)
    refer(at=now, referrer_contact="nobody@example.org")
    tasks.deliver_due(now)
    ari = Visitor(people.ari).open("/today/").follow("message not taken")
    ari.see("We have your form", "234-567-89A", "does not take mail for this address (550)")
    assert "nobody@example.org" not in ari.text
    ari.send("Try all of them again").see("1 will be tried again")
    ari.follow("Waiting").see("No message is on this list")
    assert Visitor(people.olive).client.get("/messages/").status_code == 403


def test_a_form_in_quarantine_sends_nobody_mail_until_it_is_released(
    server: MailServer, people: People
) -> None:
    """Who sends a thousand forms with another's address fills no mailbox with them."""
    (apart,) = flood("222-222-222", at=NOON, referrer_contact=NORA)
    ask_for_link(ref=apart.ref, at=NOON)
    assert tasks.deliver_due(NOON) == 0
    assert server.letters == []
    release(quarantined=[apart.quarantine], why="A school's office.", by=people.mo, at=NOON)
    assert tasks.deliver_due(NOON) == 1
    ((address, text),) = server.letters
    assert address == NORA
    assert "Subject: We have your form" in text
