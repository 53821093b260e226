"""The outbox: each message once, one bad address stops no other, and nothing is lost quietly."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from onroll.accounts import actions as accounts
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.audit.models import ChangeEvent
from onroll.messages import actions, queries, tasks
from onroll.messages.actions import MOST_TRIES, Delivery
from onroll.messages.channels import Round
from onroll.messages.models import Kind, Message
from tests.journeys.visitor import Visitor
from tests.messages.mail_server import MailServer
from tests.people import People

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
REF = "K7P-2QX-9HD"
HOUR = timedelta(hours=1)


def officer(address: str) -> User:
    return accounts.add_person(email=address, name="A. N. Officer", role=Role.LOC, by=None, at=NOW)


def tell(*people: User, ref: str = REF) -> None:
    actions.tell(kind=Kind.WEEKLY_REPORT, ref=ref, to=people, at=NOW)


def addresses(server: MailServer) -> list[str]:
    return [address for address, _ in server.letters]


def test_one_bad_address_stops_no_other(server: MailServer, people: People) -> None:
    tell(officer("nobody@harrow.example"), officer("full@harrow.example"), people.olive, people.max)
    assert tasks.deliver_due(NOW) == 2
    assert addresses(server) == [people.olive.email, people.max.email]
    bad, full = queries.not_taken(at=NOW).order_by("pk")
    assert bad.refused_because == "The mail server does not take mail for this address (550)."
    assert full.refused_because == "The mail server does not take mail for this address (452)."
    assert (bad.tries, bad.sent_at, bad.due_at) == (1, None, NOW + timedelta(minutes=5))


@pytest.mark.parametrize("address", ["two words@harrow.example", "no-at", "a@b@c.example"])
def test_what_is_no_address_stops_no_other(
    server: MailServer, people: People, address: str
) -> None:
    bad = officer("somebody@harrow.example")
    User.objects.filter(pk=bad.pk).update(email=address)
    tell(bad, people.olive)
    tasks.deliver_due(NOW)
    assert people.olive.email in addresses(server)


def test_an_address_with_a_line_end_is_refused_before_the_server_hears_of_it(
    server: MailServer, people: People
) -> None:
    User.objects.filter(pk=people.max.pk).update(email="max@harrow.example\nbcc: x@y.example")
    tell(people.max, people.olive)
    assert tasks.deliver_due(NOW) == 1
    (refused,) = queries.not_taken(at=NOW)
    assert refused.refused_because == "The address is not one that mail can be sent to."


def test_the_letter_that_arrives_holds_a_reference_and_no_names(
    server: MailServer, people: People
) -> None:
    """P58."""
    tell(people.olive)
    tasks.deliver_due(NOW)
    ((_, text),) = server.letters
    assert f"/reports/weekly/{REF}/" in text
    assert "Olive" not in text.replace(people.olive.email, "")


def test_waits_grow_until_it_is_given_up_and_somebody_sees_it(
    server: MailServer, people: People
) -> None:
    tell(officer("nobody@harrow.example"))
    message = Message.objects.get()
    waits = []
    while message.given_up_at is None:
        at = message.due_at
        tasks.deliver_due(at)
        message.refresh_from_db()
        waits.append((message.due_at - at) / HOUR)
    assert message.tries == MOST_TRIES
    assert waits[:4] == [5 / 60, 10 / 60, 20 / 60, 40 / 60]
    assert waits[-3:] == [12, 12, 0]
    assert tasks.deliver_due(message.given_up_at + 48 * HOUR) == 0
    assert Message.objects.get().tries == MOST_TRIES


def test_who_looks_after_the_system_sees_what_was_not_taken(
    server: MailServer, people: People
) -> None:
    now = datetime.now(UTC)
    actions.tell(kind=Kind.WEEKLY_REPORT, ref=REF, to=[officer("nobody@harrow.example")], at=now)
    ari = Visitor(people.ari)
    assert "0messages not taken" in ari.open("/today/").text
    tasks.deliver_due(now)
    assert "1message not taken" in ari.open("/today/").text


def test_the_command_lists_them_and_tries_again_what_was_mended(
    server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    at = datetime.now(UTC)
    bad = officer("nobody@harrow.example")
    actions.tell(kind=Kind.WEEKLY_REPORT, ref=REF, to=[bad], at=at)
    tasks.deliver_due(at)
    Message.objects.update(tries=MOST_TRIES, given_up_at=at)
    accounts.change_person(
        user=bad, email="mended@harrow.example", name=bad.name, team="", by=None, at=at
    )
    call_command("messages", "--again")
    listed, again = capsys.readouterr().out.splitlines()
    assert listed.startswith("mended@harrow.example  The weekly report on")
    assert f"({REF})  given up after 14 tries. The mail server does not take mail" in listed
    assert again == "1 will be tried again within five minutes."
    assert tasks.deliver_due(datetime.now(UTC)) == 1
    assert addresses(server) == ["mended@harrow.example"]
    call_command("messages")
    assert capsys.readouterr().out == ""


def test_where_no_server_answers_the_round_ends_and_all_go_later(
    server: MailServer, settings, people: People
) -> None:
    up, settings.EMAIL_PORT = server.port, 1
    tell(people.olive, people.max)
    assert tasks.deliver_due(NOW) == 0
    assert list(Message.objects.order_by("pk").values_list("tries", flat=True)) == [1, 0]
    assert Message.objects.first().refused_because == (
        "The mail server does not answer as it should."
    )
    settings.EMAIL_PORT = up
    assert tasks.deliver_due(NOW + HOUR) == 2
    assert not Message.objects.exclude(refused_because="").exists()


def test_without_a_mail_server_messages_wait(settings, people: People) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    tell(people.olive)
    assert tasks.deliver_due(NOW) == 0
    message = Message.objects.get()
    assert (message.sent_at, message.tries) == (None, 0)


def test_an_old_message_is_not_sent_any_more(server: MailServer, people: People) -> None:
    tell(people.olive)
    assert tasks.deliver_due(NOW + timedelta(days=15)) == 0
    assert server.letters == []


def test_who_was_switched_off_or_lost_the_role_is_not_sent_to(
    server: MailServer, people: People
) -> None:
    off, other = officer("off@harrow.example"), officer("other@harrow.example")
    tell(off, other, people.olive)
    accounts.disable(user=off, by=None, at=NOW)
    accounts.give_role(user=other, role=Role.SYS, by=None, at=NOW)
    accounts.take_role(user=other, role=Role.LOC, by=None, at=NOW)
    assert tasks.deliver_due(NOW) == 1
    assert addresses(server) == [people.olive.email]
    accounts.enable(user=off, by=None, at=NOW)
    assert tasks.deliver_due(NOW + HOUR) == 1
    assert addresses(server) == [people.olive.email, off.email]


def test_who_acts_in_another_role_for_the_moment_is_sent_to(
    server: MailServer, people: People
) -> None:
    accounts.give_role(user=people.olive, role=Role.SYS, by=None, at=NOW)
    accounts.switch_role(user=people.olive, role=Role.SYS, at=NOW)
    tell(people.olive)
    assert tasks.deliver_due(NOW) == 1


def test_a_person_gets_a_message_about_a_thing_once(server: MailServer, people: People) -> None:
    tell(people.olive)
    tell(people.olive, people.max)
    assert tasks.deliver_due(NOW) == 2
    tell(people.olive)
    assert tasks.deliver_due(NOW + HOUR) == 0
    assert addresses(server) == [people.olive.email, people.max.email]
    with pytest.raises(IntegrityError, match="person_gets_a_message_about_a_thing_once"):
        Message.objects.create(
            kind="weekly_report", ref=REF, user=people.olive, made_at=NOW, due_at=NOW
        )


@pytest.mark.parametrize("words", ["Ava Okafor", "K7P-2QX-9HO", "k7p-2qx-9hd", ""])
def test_the_database_takes_no_words_for_a_reference(people: People, words: str) -> None:
    """P58."""
    refused = pytest.raises(IntegrityError, match="message_carries_a_reference_and_no_words")
    with refused, transaction.atomic():
        tell(people.olive, ref=words)
    assert not Message.objects.exists()


def test_a_message_and_its_job_stand_or_fall_with_what_it_is_about(people: People) -> None:
    with transaction.atomic():
        tell(people.olive)
        transaction.set_rollback(True)
    jobs = ProcrastinateJob.objects.filter(task_name="messages.deliver")
    assert (Message.objects.count(), jobs.count()) == (0, 0)
    tell(people.olive)
    assert (Message.objects.count(), jobs.count()) == (1, 1)


def test_the_trail_says_what_became_of_a_message_and_names_the_job(
    server: MailServer, people: People
) -> None:
    tell(people.olive)
    tasks.deliver_due(NOW)
    entry = ChangeEvent.objects.filter(table_name="outbox_message", verb="update").latest("id")
    assert entry.actor == "worker:messages"
    assert entry.after.keys() >= {"sent_at", "tries"}


@pytest.mark.django_db(transaction=True)
def test_a_message_in_another_workers_hands_is_left_alone(
    server: MailServer, people: People, owner_connection: psycopg.Connection
) -> None:
    tell(people.olive, people.max)
    first, _ = Message.objects.order_by("pk")
    with owner_connection.transaction():
        owner_connection.execute("SELECT FROM outbox_message WHERE id = %s FOR UPDATE", [first.pk])
        assert actions.deliver(message_id=first.pk, send=Round().send, at=NOW) is Delivery.NOT_DUE
        assert tasks.deliver_due(NOW) == 1
    assert tasks.deliver_due(NOW) == 1
    assert addresses(server) == [people.max.email, people.olive.email]
    connection.close()
