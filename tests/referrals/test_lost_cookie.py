"""Somebody without an account whose browser forgets the form is told so, and has a way on."""

import pytest

from onroll.drafts.authors import COOKIE
from onroll.drafts.models import Draft
from tests.journeys.visitor import FilledIn, Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
WORRY = "He is never at school."


def forgetful() -> Visitor:
    """Answer the first page; then the browser forgets whose the form is."""
    nora = begun()
    del nora.client.cookies[COOKIE]
    return nora


def begun() -> Visitor:
    return Visitor(None).open("/refer/").send("Continue", worry=WORRY, danger="no")


def test_the_page_says_what_happened_gives_the_words_back_and_begins_anew() -> None:
    nora = forgetful().send("Continue", forename="Rowan", home="12 Elm Road")
    assert nora.status == 404
    nora.see("Nothing was saved or sent just now.", "Did this browser forget it?")
    nora.see("12 Elm Road", "ring us")
    assert WORRY not in nora.text
    nora.follow("Start the form again").see("What worries you?")
    nora.send("Continue", worry="Anew.", danger="no")
    assert nora.status == 200
    assert Draft.objects.count() == 2


def test_who_comes_without_typing_is_told_of_nothing_unsaved() -> None:
    nora = forgetful()
    nora.open(nora.address)
    assert "Nothing was saved" not in nora.text
    nora.see("Did this browser forget it?")


def test_a_link_taken_on_a_page_saves_it_and_opens_it_in_another_browser() -> None:
    nora = begun()
    nora.see("Without it, we cannot open the form for you if this browser forgets it.")
    nora.send("Save and get a link", forename="Rowan", home="12 Elm Road")
    nora.see("A link to your form")
    (address,) = nora.page.xpath("//main//a[contains(@href, '/link/')]/@href")
    path = address.removeprefix("http://testserver")
    home = Visitor(None).open(path).send("Go on here")
    home.open(f"/refer/form/{Draft.objects.get().ref}/child/")
    assert home.page.xpath("//input[@name='forename']/@value") == ["Rowan"]


def test_a_link_is_taken_from_a_page_that_nobody_has_typed_into() -> None:
    begun().send("Save and get a link").see("A link to your form")
    assert set(Draft.objects.get().answers) == {"worry"}


def test_who_is_signed_in_is_offered_none_and_takes_none(people: People) -> None:
    sam = Visitor(people.sam).open("/school/refer/new/").send("Continue", worry=WORRY, danger="no")
    assert "Save and get a link" not in sam.text
    here = sam.fill_in("Continue")
    sam.arrive(sam.client.post(here.address, {**here.data, "take_link": "yes"}, follow=True))
    assert Draft.objects.get().link_digest == ""


def post_without(nora: Visitor, here: FilledIn) -> None:
    """Send a page from a browser that lost the token against forged forms."""
    origin = {"HTTP_ORIGIN": "http://testserver"}
    nora.arrive(nora.client.post(here.address, here.whole(), follow=True, **origin))


def test_who_lost_every_cookie_reads_what_is_lost_and_gets_every_answer_back() -> None:
    """The pages before cannot be opened any more, so nothing is offered that cannot work."""
    nora = begun()
    here = nora.fill_in("Continue", forename="Rowan", home="12 Elm Road")
    nora.client.cookies.clear()
    post_without(nora, here)
    assert nora.status == 403
    nora.see("This browser can no longer open your form", "typed on this page is not saved")
    nora.see("We keep the pages before for 28 days, unless you sent the form.", "Whom to ring")
    nora.see("Rowan", "12 Elm Road", "Do you have a private link to the form?")
    assert not [no for no in ("Send once more", "is not lost", WORRY) if no in nora.text]
    nora.follow("Start the form again").see("What worries you?")


def test_who_lost_every_cookie_at_the_end_is_told_the_same() -> None:
    nora = begun().send("Continue", forename="Rowan", home="12 Elm Road")
    nora.send("Continue", relation="neighbour", gives_name="no").see("Check your answers")
    here = nora.fill_in("Send")
    nora.client.cookies.clear()
    post_without(nora, here)
    assert nora.status == 403
    nora.see("This browser can no longer open your form", "Start the form again")
    assert Draft.objects.count() == 1


def test_who_lost_the_token_alone_sends_the_page_once_more_and_goes_on() -> None:
    nora = begun()
    here = nora.fill_in("Continue", forename="Rowan", home="12 Elm Road")
    nora.client.cookies["csrftoken"] = "b" * 32
    post_without(nora, here)
    nora.send("Send once more")
    assert Draft.objects.get().answers["child"]["forename"] == ["Rowan"]


def test_who_lost_every_cookie_on_the_first_page_sends_it_once_more_and_goes_on() -> None:
    nora = Visitor(None).open("/refer/")
    here = nora.fill_in("Continue", worry=WORRY, danger="no")
    nora.client.cookies.clear()
    origin = {"HTTP_ORIGIN": "http://testserver"}
    nora.arrive(nora.client.post(here.address, here.whole(), follow=True, **origin))
    nora.send("Send once more").see("Which child are you worried about?")
    assert Draft.objects.get().answers["worry"]["worry"] == [WORRY]


def test_what_another_site_sends_is_offered_no_button() -> None:
    nora = begun()
    here = nora.fill_in("Continue", forename="Rowan")
    nora.client.cookies.clear()
    elsewhere = {"HTTP_ORIGIN": "https://elsewhere.example"}
    nora.arrive(nora.client.post(here.address, here.whole(), follow=True, **elsewhere))
    assert nora.status == 403
    assert "Send once more" not in nora.text
