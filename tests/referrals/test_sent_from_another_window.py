"""A form of a referral is open in two windows, and is sent from both: who is second loses nothing.

They are never told that nothing was saved of what we have.
"""

import pytest

from onroll.referrals.models import Referral
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import professional

pytestmark = pytest.mark.django_db
SEND = {"missing_why": "It cannot wait."}


def other_window(first: Visitor, address: str) -> Visitor:
    """Return another window of the same browser, which has a page of the form open."""
    other = Visitor(None)
    other.client.cookies = first.client.cookies
    return other.open(address)


def test_who_sends_it_again_is_led_to_what_they_sent(people: People) -> None:
    first = professional(Visitor(people.sen)).see("Check your answers")
    second = other_window(first, first.address)
    first.send("Send", **SEND).see("We have your form")
    referral = Referral.objects.get()
    second.send("Send", **SEND).see("You have sent this form before", referral.ref)
    assert (second.status, second.address) == (200, f"/our-referrals/{referral.ref}/")
    assert Referral.objects.count() == 1
    # After Back, without scripts, the page is asked for again.
    back = second.open(first_page(referral)).see("You have sent it, and we have it.")
    back.follow("See what you sent, and how far it is").see(referral.ref)


def first_page(referral: Referral) -> str:
    return f"/refer/professional/form/{referral.ref}/check/"


def test_what_is_typed_on_another_page_of_it_is_given_back(people: People) -> None:
    first = professional(Visitor(people.sen))
    second = other_window(first, first.address.replace("/check/", "/school/"))
    first.send("Send", **SEND)
    second.send("Continue", last_seen="On Monday at the shop.")
    second.see("You have sent it, and we have it.", "On Monday at the shop.", "Copy it")
    assert "Nothing of what you sent was saved" not in second.text
    assert second.status == 404


def test_without_an_account_it_is_said_where_what_was_sent_is(db: None) -> None:
    """A browser that others use says the same whatever was sent from it."""
    first = professional(Visitor(None))
    second = other_window(first, first.address)
    first.send("Send", **SEND).see("We have your form")
    second.send("Send", **SEND).see("Did you send it? Then we have it.")
    assert "Nothing of what you sent was saved" not in second.text
    assert Referral.objects.get().ref not in second.text
