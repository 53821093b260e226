"""Forms of several pages, for people without an account and with one: whose a draft is, how long
it is kept, and that nothing typed is lost and nothing done twice."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from onroll.audit.models import ChangeEvent
from onroll.drafts import tasks
from onroll.drafts.authors import COOKIE
from onroll.drafts.models import Draft
from tests.drafts.urls import SENT
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.drafts.urls")]
WORRY = {"worry": "A child is\nnot at school", "kind": ["a", "b"]}
DAY = {"since_day": "2", "since_month": "11", "since_year": "2026"}


@pytest.fixture(autouse=True)
def sent() -> None:
    SENT.clear()


def begun(client: Client) -> str:
    """Answer the first page, and return where that leads."""
    return client.post("/worry/", WORRY)["Location"]


def at(draft: Draft, page: str) -> str:
    return f"/worry/{draft.ref}/{page}/"


def page_at(client: Client, address: str, **sent: object) -> Page:
    answer = client.post(address, sent) if sent else client.get(address)
    assert answer.status_code == 200, (answer.status_code, answer.headers)
    return Page(answer.content)


def test_a_visitor_answers_page_by_page_checks_and_sends() -> None:
    client = Client()
    day = begun(client)
    draft = Draft.objects.get()
    assert day == at(draft, "day")
    check = client.post(day, DAY)["Location"]
    assert check == at(draft, "check")
    page = page_at(client, check)
    lines = [line.strip() for line in page.main.xpath(".//dd//br/../text()")]
    assert lines == ["A child is", "not at school"]
    for words in ("A child, A school", "2 November 2026"):
        assert words in page.text
    assert f"{at(draft, 'worry')}#id_worry" in page.addresses
    assert client.post(check)["Location"] == "/accessibility/"
    assert [answers["worry"] for answers in SENT] == [
        "A child is\r\nnot at school".replace("\r", "")
    ]
    assert not Draft.objects.exists()
    assert client.post(check).status_code == 404
    assert len(SENT) == 1


def test_what_is_changed_leads_back_to_check_your_answers() -> None:
    client = Client()
    client.post(begun(client), DAY)
    draft = Draft.objects.get()
    page = page_at(client, at(draft, "worry"))
    assert page.back == at(draft, "check")
    changed = client.post(at(draft, "worry"), {"worry": "Two children"})
    assert changed["Location"] == at(draft, "check")
    page = page_at(client, at(draft, "check"))
    assert "Two children" in page.text
    assert "Not given" in page.text


def test_a_page_that_is_refused_is_kept_as_it_was_typed() -> None:
    client = Client()
    day = begun(client)
    wrong = {"since_day": "31", "since_month": "2", "since_year": "2026", "is_urgent": "on"}
    assert client.post(day, wrong)["Location"] == day  # a browser can come back to what is shown
    again = page_at(client, day)
    assert again.answers["since_day"] == "31"
    assert "Since when? must be a real date" in again.text
    assert client.get(at(Draft.objects.get(), "check"))["Location"] == day


def test_what_two_windows_say_is_both_shown_before_one_is_kept() -> None:
    client = Client()
    client.post(begun(client), DAY)
    page = at(Draft.objects.get(), "worry")
    shown = Visitor(None)
    shown.client.cookies = client.cookies
    shown.open(page)
    here = shown.fill_in("Continue", worry="Two children")
    client.post(page, {"worry": "A child and her sister"})
    shown.arrive(shown.client.post(here.address, here.whole(), follow=True))
    shown.see("You changed this page in another window too", "A child and her sister")
    assert Draft.objects.get().answers["worry"]["worry"] == ["A child and her sister"]
    assert shown.page.xpath("//textarea")[0].text.strip() == "Two children"
    shown.send("Continue")
    assert Draft.objects.get().answers["worry"]["worry"][0].strip() == "Two children"


def test_a_page_that_says_nothing_yet_is_saved_whatever_version_comes_with_it() -> None:
    client = Client()
    day = begun(client)
    assert client.post(day, {**DAY, "page_version": ""})["Location"].endswith("/check/")


def test_the_same_answer_in_two_windows_is_no_difference() -> None:
    client = Client()
    client.post(begun(client), DAY)
    page = at(Draft.objects.get(), "worry")
    shown = Visitor(None)
    shown.client.cookies = client.cookies
    here = shown.open(page).fill_in("Continue", worry="Two children")
    client.post(page, {**here.data, "form_key": "0" * 32, "worry": "Two children"})
    shown.arrive(shown.client.post(here.address, here.whole(), follow=True))
    assert shown.address == at(Draft.objects.get(), "check")


def test_a_form_begun_at_one_computer_is_finished_at_another() -> None:
    library, home = Visitor(None), Visitor(None)
    library.open("/worry/").send("Continue", worry="Two children").open(
        at(Draft.objects.get(), "form")
    )
    library.send("Get a link for another computer").see("A link to your form")
    (address,) = library.page.xpath("//main//a[contains(@href, '/link/')]/@href")
    home.open(address.removeprefix("http://testserver")).see("Go on with your form")
    assert "Two children" not in home.text
    library.open(at(Draft.objects.get(), "form")).see("Not sent yet")  # looking takes nothing over
    home.send("Go on here").see("Not sent yet")
    home.open(at(Draft.objects.get(), "worry"))
    assert home.page.xpath("//textarea")[0].text.strip() == "Two children"
    assert library.open(at(Draft.objects.get(), "worry")).status == 404
    home.open(at(Draft.objects.get(), "day")).send("Continue", **DAY).send("Send")
    assert [answers["worry"] for answers in SENT] == ["Two children"]
    assert Visitor(None).open(address.removeprefix("http://testserver")).status == 404


def test_only_the_last_link_leads_to_a_form_and_only_its_hash_is_kept() -> None:
    library = Visitor(None)
    library.open("/worry/").send("Continue", worry="Two children")
    links = []
    for _ in range(2):
        library.open(at(Draft.objects.get(), "form")).send("Get a link for another computer")
        links.append(library.address)
    assert [Visitor(None).open(each).status for each in links] == [404, 200]
    assert Draft.objects.get().link_digest not in links[1]


def test_who_is_signed_in_needs_no_link(people: People) -> None:
    olive = Visitor(people.olive)
    olive.open("/worry/").send("Continue", worry="Two children")
    tasks = olive.open(at(Draft.objects.get(), "form"))
    assert "Get a link" not in tasks.text
    olive.client.post(at(Draft.objects.get(), "link"))
    assert Draft.objects.get().link_digest == ""


def test_the_first_page_is_kept_though_it_is_refused() -> None:
    client = Client()
    wrong = client.post("/worry/", {"worry": "", "kind": ["b"]})["Location"]
    assert wrong == at(Draft.objects.get(), "worry")
    page = page_at(client, wrong)
    assert "Enter an answer to “What worries you?”" in page.text
    assert Draft.objects.get().answers == {"worry": {"worry": [""], "kind": ["b"]}}


def test_what_sending_refuses_is_said_and_everything_stays() -> None:
    client = Client()
    day = client.post("/worry/", {"worry": "Nothing"})["Location"]
    check = client.post(day, DAY)["Location"]
    again = client.post(check, {"form_key": ""})["Location"]
    assert "Say what worries you" in page_at(client, again).text
    assert Draft.objects.count() == 1
    assert not SENT


def test_save_and_finish_later_asks_for_nothing() -> None:
    client = Client()
    later = client.post(begun(client), {"since_day": "2", "later": "yes"})
    draft = Draft.objects.get()
    assert later["Location"] == at(draft, "form")
    page = page_at(client, at(draft, "form"))
    assert "Saved. You can finish this form later." in page.text
    assert "There is a problem" in page.text
    assert draft.answers["day"]["since_day"] == ["2"]
    assert "later" not in draft.answers["day"]


@pytest.mark.parametrize("who", ["", "olive"])
def test_a_browser_finds_again_what_it_began_and_no_other_browser_does(
    people: People, who: str
) -> None:
    visitor = Visitor(getattr(people, who) if who else None)
    visitor.open("/worry/").send("Continue", **WORRY)
    draft = Draft.objects.get()
    assert "You began this form on" not in Visitor(None).open("/worry/").text
    for saved_at in (timezone.now(), timezone.now() - timedelta(days=2)):
        Draft.objects.update(saved_at=saved_at)
        visitor.open("/worry/").see("You began this form on").follow("Go on with it")
        assert visitor.address == at(draft, "form")


def test_the_next_person_at_a_shared_computer_sees_an_empty_first_page() -> None:
    """Of what another began nothing is said but the day, and theirs is a form of its own."""
    visitor = Visitor(None).open("/worry/").send("Continue", worry="A child next door")
    visitor.open("/worry/").see("You began this form on")
    assert "next door" not in visitor.text
    visitor.send("Continue", worry="Two children")
    assert "next door" not in visitor.text
    first, second = Draft.objects.order_by("pk")
    assert first.answers["worry"]["worry"] == ["A child next door"]
    assert visitor.address == at(second, "day")


@pytest.mark.parametrize("who", ["", "olive"])
def test_a_way_back_to_the_first_page_shows_what_was_typed_there(people: People, who: str) -> None:
    visitor = Visitor(getattr(people, who) if who else None).open("/worry/")
    first_page = visitor.address
    visitor.send("Continue", worry="A child").open(first_page)
    assert visitor.address == at(Draft.objects.get(), "worry")
    assert visitor.page.xpath("string(//textarea)").strip() == "A child"
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=2))
    assert visitor.open(first_page).address == at(Draft.objects.get(), "worry")


def test_the_first_page_sent_again_as_it_was_goes_on_with_the_form() -> None:
    visitor = Visitor(None).open("/worry/")
    kept_by_the_browser = visitor.fill_in("Continue", worry="A child")
    visitor.send("Continue", worry="A child")
    visitor.client.post(at(Draft.objects.get(), "worry"), {"worry": "A child"})
    sent = {**kept_by_the_browser.whole(), "form_key": "0" * 32}
    visitor.arrive(visitor.client.post(kept_by_the_browser.address, sent, follow=True))
    assert visitor.address == at(Draft.objects.get(), "day")


def test_a_first_page_that_the_browser_kept_overwrites_nothing_newer() -> None:
    visitor = Visitor(None).open("/worry/")
    stale = visitor.fill_in("Continue", worry="Two children")
    visitor.send("Continue", worry="A child")
    visitor.arrive(visitor.client.post(stale.address, stale.whole(), follow=True))
    visitor.see("You changed this page in another window too", "A child")
    assert visitor.page.xpath("string(//textarea)").strip() == "Two children"
    assert Draft.objects.get().answers["worry"]["worry"] == ["A child"]
    visitor.send("Continue")
    draft = Draft.objects.get()
    assert (visitor.address, draft.answers["worry"]["worry"][0].strip()) == (
        at(draft, "day"),
        "Two children",
    )


def test_who_begins_another_form_has_both_and_comes_back_to_each() -> None:
    visitor, drafts = Visitor(None), []
    pages = []
    for _ in range(2):
        pages.append(visitor.open("/worry/").address)
        visitor.send("Continue", worry="A child")
        drafts.append(Draft.objects.latest("pk"))
    assert drafts[0] != drafts[1]
    for page, draft in zip(pages, drafts, strict=True):
        assert visitor.open(page).address == at(draft, "worry")


def test_the_key_of_a_first_page_opens_nothing_in_another_browser(people: People) -> None:
    visitor = Visitor(None).open("/worry/")
    first_page = visitor.address
    visitor.send("Continue", worry="A child next door")
    for other in (Visitor(None), Visitor(people.olive)):
        other.open(first_page)
        assert other.address == first_page
        assert "next door" not in other.text
        other.send("Continue", worry="Two children")
    assert Draft.objects.count() == 3


def test_the_first_page_of_a_form_that_another_computer_took_over_begins_another() -> None:
    library, home = Visitor(None).open("/worry/"), Visitor(None)
    first_page = library.address
    library.send("Continue", worry="A child").open(at(Draft.objects.get(), "form"))
    library.send("Get a link for another computer")
    home.open(library.address).send("Go on here")
    library.open(first_page)
    assert library.address == first_page
    library.send("Continue", worry="A child")
    assert Draft.objects.count() == 2


def test_a_draft_is_for_the_browser_that_began_it_alone(people: People) -> None:
    client, other, officer = Client(), Client(), Client()
    begun(client)
    draft = Draft.objects.get()
    begun(other)
    officer.force_login(people.olive)
    for page in ("form", "worry", "day", "check", "delete"):
        assert client.get(at(draft, page)).status_code in (200, 302)
        for stranger in (Client(), other, officer):
            assert stranger.get(at(draft, page)).status_code == 404
            assert stranger.post(at(draft, page), WORRY).status_code == 404
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_the_token_stands_in_a_signed_cookie_and_nowhere_else() -> None:
    client = Client()
    address = begun(client)
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["max-age"] == settings.DRAFT_DAYS * 24 * 60 * 60
    token, _, signature = cookie.value.partition(":")
    draft = Draft.objects.get()
    assert token not in address
    assert token not in f"{draft.token_digest}{draft.answers}{draft.title}"
    client.cookies[COOKIE] = f"{token}:{signature[::-1]}"
    assert client.get(address).status_code == 404
    begun(client)
    assert Draft.objects.count() == 2


def test_the_browser_has_its_token_before_it_sends_anything() -> None:
    client = Client()
    assert client.get("/worry/").status_code == 302
    token = client.cookies[COOKIE].value.partition(":")[0]
    begun(client)
    assert client.cookies[COOKIE].value.partition(":")[0] == token
    assert Draft.objects.count() == 1


def test_its_author_deletes_it_after_a_question() -> None:
    client = Client()
    begun(client)
    draft = Draft.objects.get()
    assert "cannot be brought back" in page_at(client, at(draft, "delete")).text
    assert Draft.objects.exists()
    assert client.post(at(draft, "delete"))["Location"] == "/"
    assert not Draft.objects.exists()


def test_a_draft_nobody_goes_on_with_is_out_of_sight_and_deleted_at_night() -> None:
    client = Client()
    address = begun(client)
    draft = Draft.objects.get()
    days = timedelta(days=settings.DRAFT_DAYS)
    Draft.objects.update(saved_at=timezone.now() - days + timedelta(minutes=5))
    tasks.nightly(0)
    assert client.get(address).status_code == 200
    Draft.objects.update(saved_at=timezone.now() - days)
    assert client.get(address).status_code == 404
    tasks.nightly(0)
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_nothing_of_a_draft_stands_in_the_audit_trail() -> None:
    client = Client()
    client.post(begun(client), DAY)
    assert not ChangeEvent.objects.filter(table_name__contains="draft").exists()


def test_only_what_a_page_asks_is_kept() -> None:
    client = Client()
    client.post("/worry/", {**WORRY, "other": "x" * 1000, "form_key": "0"})
    assert set(Draft.objects.get().answers["worry"]) == {"worry", "kind"}


def test_a_draft_has_one_author_in_the_database_too(people: People) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError, match="draft_has_one_author"):
        Draft.objects.create(kind="k", title="t", started_at=now, saved_at=now)
