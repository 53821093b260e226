"""P17, P58: who refers without an account is written to by the worker, in the language of the form.

No speaker has checked the translations, so an e-mail has the English words below.
"""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from onroll.referrals.models import Referral
from tests.journeys.visitor import Visitor
from tests.messages.conftest import notify, server
from tests.messages.mail_server import MailServer
from tests.messages.notify_server import NotifyServer
from tests.referrals.walk import BORN, CHILD, WORRY, YOU, reader

__all__ = ["notify", "server"]
pytestmark = pytest.mark.django_db(transaction=True)
Work = Callable[[], None]
MOBILE = {"referrer_contact": "07700 900123", "text_me": "yes"}


@pytest.fixture(autouse=True)
def no_looks_counted() -> None:
    cache.clear()


def send(client: Client, you: dict[str, str]) -> Referral:
    """Fill in the form for anyone and send it."""
    address = client.post("/refer/", WORRY)["Location"]
    for answers in (CHILD | BORN, you, {}):
        address = client.post(address, answers)["Location"]
    return Referral.objects.get()


def test_an_email_is_in_the_language_of_the_form_with_english_below(
    server: MailServer, work: Work
) -> None:
    referral = send(reader("ro"), YOU)
    work()
    ((address, text),) = server.letters
    letter = message_from_bytes(text.encode(), EmailMessage, policy=policy.default)
    assert address == YOU["referrer_contact"]
    assert letter["Subject"].strip() == "Am primit formularul dumneavoastră / We have your form"
    own, _, english = letter.get_content().partition("In English:")
    assert "Avem formularul dumneavoastră." in own
    assert "We have your form. Your reference" in english
    for words in (own, english):
        assert referral.ref in words
        link = next(word for word in words.split() if "/refer/status/" in word)
        Visitor(None).open(link.removeprefix(settings.BASE_URL)).see(referral.ref)
        for name in (CHILD["forename"], CHILD["surname"], YOU["referrer_name"]):
            assert name not in words


def test_a_text_goes_to_the_mobile_number_of_who_left_nothing_else(
    notify: NotifyServer, work: Work
) -> None:
    referral = send(reader("ro"), YOU | MOBILE)
    work()
    ((path, sent),) = notify.taken
    assert (path, sent["phone_number"]) == ("/v2/notifications/sms", "07700900123")
    text = sent["personalisation"]["body"]
    assert "Avem formularul dumneavoastră." in text
    assert referral.ref in text
    link = next(word for word in text.split() if "/refer/status/" in word)
    Visitor(None).open(link.removeprefix(settings.BASE_URL)).see(referral.ref)
