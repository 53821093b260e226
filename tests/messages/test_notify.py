"""P17, P58: e-mail and texts by GOV.UK Notify, whose published API a server here speaks."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from onroll.messages import actions, queries, tasks
from onroll.messages.models import Kind, Message
from onroll.referrals.models import Referral, StatusLink
from tests.journeys.visitor import Visitor
from tests.messages.mail_server import MailServer
from tests.messages.notify_server import EMAIL_TEMPLATE, SMS_TEMPLATE, NotifyServer
from tests.people import People
from tests.referrals.made import refer

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
REF = "K7P-2QX-9HD"
NORA, MOBILE = "nora@example.org", "07700 900123"
AGREES = {"text_me": "yes"}
HOUR = timedelta(hours=1)


def text_wanted(ref: str = "234-567-89A", *, contact: str = MOBILE) -> Referral:
    """Send a referral by somebody who gave a mobile number and agreed to a text."""
    return refer(ref, at=NOON, referrer_contact=contact, answers=AGREES)


def report_to(people: People) -> None:
    """Put a message to two officers into the outbox."""
    actions.tell(kind=Kind.WEEKLY_REPORT, ref=REF, to=[people.olive, people.max], at=NOON)


def why() -> list[str]:
    """Return why messages were not taken."""
    return [message.refused_because for message in queries.not_taken(at=NOON).order_by("pk")]


def test_officers_are_sent_an_email_by_the_template(notify: NotifyServer, people: People) -> None:
    report_to(people)
    assert tasks.deliver_due(NOON) == 2
    first, _ = notify.taken
    path, data = first
    assert path == "/v2/notifications/email"
    assert (data["email_address"], data["template_id"]) == (people.olive.email, EMAIL_TEMPLATE)
    assert data["personalisation"].keys() == {"subject", "body"}
    assert f"/reports/weekly/{REF}/" in data["personalisation"]["body"]
    assert set(Message.objects.values_list("channel", flat=True)) == {"email"}


def test_who_left_a_mobile_number_and_agreed_is_sent_a_text_whose_link_opens(
    notify: NotifyServer,
) -> None:
    refer(at=datetime.now(UTC), referrer_contact=f"Nora, {MOBILE}", answers=AGREES)
    assert tasks.deliver_due(datetime.now(UTC)) == 1
    ((path, data),) = notify.taken
    assert path == "/v2/notifications/sms"
    assert (data["phone_number"], data["template_id"]) == ("07700900123", SMS_TEMPLATE)
    text = data["personalisation"]["body"]
    for words in ("Sam", "Example", "Nextdoor", "plays"):
        assert words not in text
    link = next(word for word in text.split() if "/refer/status/" in word)
    Visitor(None).open(link.removeprefix(settings.BASE_URL)).see("We have your form", "234-567-89A")
    assert Message.objects.get().channel == "sms"


@pytest.mark.parametrize(
    ("contact", "answers"),
    [(MOBILE, {}), (MOBILE, {"text_me": "no"}), ("020 7946 0000", AGREES), ("", AGREES)],
)
def test_who_did_not_agree_or_left_no_mobile_number_is_sent_nothing(
    notify: NotifyServer, contact: str, answers: dict[str, str]
) -> None:
    refer(at=NOON, referrer_contact=contact, answers=answers)
    assert tasks.deliver_due(NOON) == 0
    assert notify.taken == []
    assert not Message.objects.exists()


def test_who_left_both_is_sent_an_email(notify: NotifyServer) -> None:
    text_wanted(contact=f"{MOBILE}, {NORA}")
    assert tasks.deliver_due(NOON) == 1
    ((path, _),) = notify.taken
    assert path == "/v2/notifications/email"


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (401, "AuthError", "GOV.UK Notify does not know our key, or our clock is wrong (401)."),
        (403, "AuthError", "GOV.UK Notify does not know our key, or our clock is wrong (403)."),
        (429, "RateLimitError", "GOV.UK Notify takes no more messages for now (429)."),
        (500, "Exception", "GOV.UK Notify does not answer as it should."),
        (503, "", "GOV.UK Notify does not answer as it should."),
    ],
)
def test_what_notify_refuses_of_all_ends_the_round_and_goes_later(
    notify: NotifyServer, people: People, code: int, error: str, words: str
) -> None:
    notify.refuse(code, error, f"About {NORA}")
    report_to(people)
    assert tasks.deliver_due(NOON) == 0
    assert why() == [words]
    assert sorted(Message.objects.values_list("tries", flat=True)) == [0, 1]
    notify.mend()
    assert tasks.deliver_due(NOON + HOUR) == 2
    assert why() == []


def test_a_key_that_is_not_ours_is_refused_by_its_token(
    notify: NotifyServer, settings, people: People
) -> None:
    settings.NOTIFY_KEY = settings.NOTIFY_KEY[:-1] + "9"
    report_to(people)
    assert tasks.deliver_due(NOON) == 0
    assert why() == ["GOV.UK Notify does not know our key, or our clock is wrong (403)."]


def test_a_template_that_is_gone_is_said_and_stops_no_text(
    notify: NotifyServer, settings, people: People
) -> None:
    settings.NOTIFY_EMAIL_TEMPLATE = EMAIL_TEMPLATE.replace("f", "0")
    report_to(people)
    text_wanted()
    assert tasks.deliver_due(NOON) == 1
    assert why() == ["GOV.UK Notify does not take the message: look at the template (400)."]
    assert [path for path, _ in notify.taken] == ["/v2/notifications/sms"]


def test_an_address_that_notify_does_not_send_to_stops_no_other(
    notify: NotifyServer, people: People
) -> None:
    notify.know_only_a_team(people.olive.email)
    report_to(people)
    assert tasks.deliver_due(NOON) == 1
    assert [data["email_address"] for _, data in notify.taken] == [people.max.email]


def test_a_number_that_is_refused_leaves_no_link_and_its_failure_is_seen_without_it(
    notify: NotifyServer, people: People
) -> None:
    at = datetime.now(UTC)
    notify.refuse(400, "ValidationError", "phone_number Not a UK mobile number")
    refer(at=at, referrer_contact=MOBILE, answers=AGREES)
    assert tasks.deliver_due(at) == 0
    assert not StatusLink.objects.exists()
    ari = Visitor(people.ari).open("/messages/")
    ari.see("GOV.UK Notify does not send to this address (400).", "email or text message")
    assert "900123" not in ari.text
    notify.mend()
    ari.send("Try all of them again")
    assert tasks.deliver_due(datetime.now(UTC)) == 1
    ari.open("/messages/?list=sent").see("by text message")


def test_where_notify_cannot_be_reached_all_wait(
    notify: NotifyServer, settings, people: People
) -> None:
    settings.NOTIFY_URL = "http://127.0.0.1:1"
    report_to(people)
    assert tasks.deliver_due(NOON) == 0
    assert why() == ["GOV.UK Notify does not answer as it should."]


def test_texts_go_by_notify_and_emails_by_the_mail_server_where_it_has_no_template(
    server: MailServer, notify: NotifyServer, settings, people: People
) -> None:
    settings.NOTIFY_EMAIL_TEMPLATE = ""
    report_to(people)
    text_wanted()
    assert tasks.deliver_due(NOON) == 3
    assert [path for path, _ in notify.taken] == ["/v2/notifications/sms"]
    assert len(server.letters) == 2


def test_a_text_waits_untried_where_nothing_sends_one(server: MailServer) -> None:
    text_wanted()
    assert tasks.deliver_due(NOON) == 0
    message = Message.objects.get()
    assert (message.tries, message.refused_because, message.sent_at) == (0, "", None)
    assert not StatusLink.objects.exists()


def test_no_log_line_holds_an_address_that_notify_speaks_of(
    notify: NotifyServer, caplog: pytest.LogCaptureFixture
) -> None:
    """P58."""
    notify.refuse(400, "ValidationError", f"phone_number {MOBILE} is not one")
    text_wanted()
    with caplog.at_level(logging.INFO):
        tasks.deliver_due(NOON)
    assert MOBILE not in caplog.text


def test_no_job_message_or_link_holds_the_number(notify: NotifyServer) -> None:
    text_wanted()
    tasks.deliver_due(NOON)
    assert "900123" not in str(Message.objects.values().get())
