"""A form of a referral is open in two windows, and is sent from both: who is second loses nothing.

They are never told that nothing was saved of what we have.
"""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext

from onroll.drafts.authors import digest
from onroll.drafts.sent_cookie import COOKIE
from onroll.govuk.fields import in_words
from onroll.referrals.models import Referral
from onroll.rules.hours import on_the_clock
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
    """The browser that sent it says so, and neither which it was nor whom it is about."""
    first = professional(Visitor(None))
    second = other_window(first, first.address)
    first.send("Send", **SEND).see("We have your form")
    second.send("Send", **SEND).see("You sent this form")
    assert "Nothing of what you sent was saved" not in second.text
    assert Referral.objects.get().ref not in second.text


@pytest.mark.parametrize("page", ["check", "child", "form"])
def test_back_after_sending_says_that_it_was_sent(page: str, db: None) -> None:
    first = professional(Visitor(None))
    address = first.address.replace("/check/", f"/{page}/")
    first.send("Send", **SEND).see("We have your form")
    referral = Referral.objects.get()
    back = other_window(first, address).see("You sent this form", when_it_came(referral))
    back.see("What you typed is not here any more.", "Have you lost your link?")
    assert "This form is not here" not in back.text
    assert not [word for word in (referral.ref, "Rowan", "Merlinton") if word in back.text]


def when_it_came(referral: Referral) -> str:
    at = timezone.localtime(referral.sent_at)
    return f"{in_words(at.date())} at {on_the_clock(at.time(), gettext)}"


def test_another_browser_is_told_the_same_of_one_sent_and_of_one_that_never_was(db: None) -> None:
    first = professional(Visitor(None))
    address = first.address
    first.send("Send", **SEND).see("We have your form")
    texts = {
        Visitor(None).open(asked).see("This form is not here").text
        for asked in (address, address.replace(Referral.objects.get().ref, "K7P-2QX-9HD"))
    }
    assert len(texts) == 1


def test_after_an_hour_it_says_no_longer_that_it_was_sent(db: None) -> None:
    first = professional(Visitor(None))
    address = first.address
    first.send("Send", **SEND).see("We have your form")
    before = int((timezone.now() - timedelta(minutes=61)).timestamp())
    sent = {digest(Referral.objects.get().ref)[:16]: before}
    first.client.cookies[COOKIE] = signing.dumps(sent, salt=COOKIE)
    other_window(first, address).see("This form is not here")


def test_what_it_remembers_is_no_reference_and_ends_with_the_browser(db: None) -> None:
    first = professional(Visitor(None))
    first.send("Send", **SEND).see("We have your form")
    cookie = first.client.cookies[COOKIE]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)
    assert list(signing.loads(cookie.value, salt=COOKIE)) == [
        digest(Referral.objects.get().ref)[:16]
    ]


def test_the_answer_that_was_lost_on_the_way_is_remembered_by_the_page_that_came_next(
    db: None,
) -> None:
    first = professional(Visitor(None))
    address = first.address
    first.send("Send", **SEND).see("We have your form")
    del first.client.cookies[COOKIE]
    first.open(first.address).see("We have your form")
    other_window(first, address).see("You sent this form")


def test_what_is_typed_into_another_page_of_it_is_given_back_without_an_account(db: None) -> None:
    first = professional(Visitor(None))
    second = other_window(first, first.address.replace("/check/", "/school/"))
    first.send("Send", **SEND)
    second.send("Continue", last_seen="On Monday at the shop.")
    second.see(
        "You sent this form", "Nothing was saved or sent just now.", "On Monday at the shop."
    )
