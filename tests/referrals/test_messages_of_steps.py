"""P17: who was told says of each message what became of it, from the outbox."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from onroll.messages import tasks
from onroll.messages.models import Message
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.models import Notification
from onroll.rules.dated import in_words
from onroll.rules.hours import ENGLAND
from tests.journeys.visitor import Visitor
from tests.messages.conftest import server
from tests.messages.mail_server import MailServer
from tests.people import People
from tests.referrals.made import decide, hand_over, refer

__all__ = ["server"]
pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
IN_OUTBOX = "The status page of who referred says so; a message to them is in the outbox"


def now() -> datetime:
    return timezone.localtime()


def told(people: People) -> Visitor:
    return Visitor(people.mo).open("/referrals/234-567-89A/")


def test_a_message_that_waits_for_the_morning_is_not_said_to_be_sent(
    server: MailServer, people: People, settings
) -> None:
    local = now().astimezone(ENGLAND)
    settings.QUIET_HOURS = (local - HOUR).time(), (local + HOUR).time()
    referral = refer(at=now(), referrer_contact="nora@example.org")
    tasks.deliver_due(now())
    decide(referral, Decision.NO_ACTION, by=people.mo, at=now())
    page = told(people).see(
        IN_OUTBOX, "Message with a link: sent", "Message with a link: waits until"
    )
    assert "is written to" not in page.text
    tasks.deliver_due(now() + 2 * HOUR)
    assert "waits until" not in told(people).text
    assert told(people).text.count("Message with a link: sent") == 2


def test_one_message_that_stands_for_two_steps_is_said_at_both(people: People) -> None:
    referral = refer(at=now(), referrer_contact="nora@example.org")
    decide(referral, Decision.NO_ACTION, by=people.mo, at=now())
    assert Message.objects.count() == 1
    assert told(people).text.count("Message with a link: waits to be sent") == 2


def test_a_message_that_no_server_takes_is_said_to_have_failed(
    server: MailServer, people: People
) -> None:
    refer(at=now(), referrer_contact="nobody@example.org")
    tasks.deliver_due(now())
    told(people).see("Message with a link: not sent, tried again")
    Message.objects.update(given_up_at=now())
    told(people).see("Message with a link: could not be sent")


@pytest.mark.parametrize(("days", "words"), [(1, "waits to be sent"), (15, "could not be sent")])
def test_what_is_no_news_any_more_is_not_said_to_wait(
    people: People, days: int, words: str
) -> None:
    refer(at=now() - timedelta(days=days), referrer_contact="nora@example.org")
    told(people).see(f"Message with a link: {words}")


def test_a_message_for_which_nobody_left_an_address_is_not_said_to_be_sent(people: People) -> None:
    refer(at=now(), referrer_contact="nora@example.org")
    Message.objects.all().delete()
    told(people).see("Message with a link: not in the outbox, and so not sent")


def test_what_nobody_has_to_say_they_read_is_ticked_when_its_page_is_opened(people: People) -> None:
    """Policy p.9: hub and officer inform each other."""
    hand_over(refer(at=now()), by=people.mo)
    told(people).see("Not opened yet")
    Visitor(people.olive).open("/referrals/234-567-89A/")
    row = Notification.objects.get(happening="decided", audience="officer")
    assert row.read_by == people.olive
    page = told(people).see(f"Read {people.olive.name}, {in_words(row.read_at.date())} at ")
    assert "Not opened yet" not in page.text


def test_who_only_looks_in_for_the_other_side_does_not_read_for_it(people: People) -> None:
    hand_over(refer(at=now()), by=people.mo)
    Visitor(people.mo).open("/referrals/234-567-89A/")
    told(people).see("Not opened yet")


def test_what_waits_to_be_read_says_so_until_somebody_did_and_then_who(people: People) -> None:
    referral = hand_over(refer(at=now()), by=people.mo)
    actions.add_update(referral=referral, text="He rang.", file=None, by=None, at=now())
    told(people).see("Not read yet")
    olive = Visitor(people.olive).open("/referrals/234-567-89A/").send("I have read it")
    olive.see(f"Read {people.olive.name}, ")
