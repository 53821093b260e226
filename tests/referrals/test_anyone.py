"""The short form as a neighbour fills it in: without an account, without a name, and never lost."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from onroll.audit.models import ChangeEvent
from onroll.drafts.models import Draft
from onroll.referrals.actions import make_link
from onroll.referrals.models import Referral
from onroll.referrals.questions.urgency import NO_REASON, NOT_SURE
from tests.cases.world import AT
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import refer

pytestmark = pytest.mark.django_db
CHILD = {"forename": "Rowan", "surname": "Merlinton", "age": "9", "home": "12 Elm Road"}
WORRY = {"worry": "He is never at school.", "danger": "no"}
YOU = {"relation": "neighbour", "gives_name": "no"}


def fill_in(client: Client, child: object = CHILD, worry: object = WORRY, you: object = YOU) -> str:
    """Answer every page; return where that leads."""
    address = client.post("/refer/", worry)["Location"]
    address = client.post(address, child)["Location"]
    return client.post(address, you)["Location"]


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def title(shown: str) -> str:
    return "".join(re.findall("<title>(.*?)</title>", shown))


def test_a_neighbour_without_a_name_refers_a_child_and_gets_a_reference(db: None) -> None:
    """P10: sent, checked, acknowledged and kept."""
    client = Client()
    check = fill_in(client)
    shown = page(client, check)
    for words in ("Rowan", "Merlinton", "12 Elm Road", "He is never at school.", "A neighbour"):
        assert words in shown
    end = client.post(check)["Location"]
    referral = Referral.objects.get()
    assert (referral.referrer_name, referral.is_urgent, referral.made_by) == ("", False, None)
    child = referral.children.get()
    assert (child.name, child.age, child.home) == ("Rowan Merlinton", 9, "12 Elm Road")
    shown = page(client, end)
    assert referral.ref in shown
    assert "<li>About you</li>" in shown
    assert "decides what to do by" in " ".join(shown.split())
    assert not Draft.objects.exists()


def test_no_address_and_no_title_has_a_name(db: None) -> None:
    """Trust 4.1: names stay in no browser's history."""
    client = Client()
    first = client.post("/refer/", WORRY)["Location"]
    second = client.post(first, CHILD)["Location"]
    check = client.post(second, YOU)["Location"]
    titles = [title(page(client, at)) for at in (first, check)]
    end = client.post(check)["Location"]
    titles.append(title(page(client, end)))
    assert all(titles)
    for words in (first, second, check, end, *titles):
        assert "Rowan" not in words
        assert "Merlinton" not in words
        assert "Elm" not in words


def test_danger_comes_first_on_every_page(db: None) -> None:
    client = Client()
    check = fill_in(client)
    ref = check.split("/")[3]
    pages = ["/refer/", *(f"/refer/form/{ref}/{slug}/" for slug in (
        "child", "worry", "you", "form", "check", "delete",
    ))]  # fmt: skip
    for address in pages:
        shown = page(client, address)
        assert shown.index('href="tel:999"') < shown.index("<h1"), address
    shown = page(client, client.post(check)["Location"])
    assert shown.index('href="tel:999"') < shown.index("<h1")


def test_sent_twice_is_one_referral(db: None) -> None:
    client = Client()
    check = fill_in(client)
    client.post(check)
    assert client.post(check).status_code == 404
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("danger", "why"),
    [
        ({"danger": "yes", "danger_why": "He was hit."}, "He was hit."),
        ({"danger": "yes"}, NO_REASON),
        ({"danger": "not_sure"}, NOT_SURE),
        ({"danger": "no", "danger_why": "typed and hidden"}, ""),
    ],
)
def test_danger_or_doubt_makes_it_urgent(db: None, danger: dict[str, str], why: str) -> None:
    """Policy p.16."""
    client = Client()
    client.post(fill_in(client, worry={**WORRY, **danger}))
    referral = Referral.objects.get()
    assert (referral.is_urgent, referral.urgent_why) == (bool(why), why)


def test_an_age_that_is_several_reaches_the_hub_as_it_was_written(db: None, people: People) -> None:
    client = Client()
    client.post(fill_in(client, child={**CHILD, "age": "7 or 8"}))
    entry = Referral.objects.get().children.get()
    assert (entry.age, entry.age_words) == (None, "7 or 8")
    hub = Visitor(people.mo).open(f"/referrals/{entry.referral.ref}/")
    hub.see("“7 or 8”")


def test_a_name_is_kept_where_it_is_given_and_forgotten_where_it_is_not(db: None) -> None:
    client = Client()
    named = {"referrer_name": "Nora Nextdoor", "referrer_contact": "020 7946 0000"}
    client.post(fill_in(client, you={**YOU, **named, "gives_name": "yes"}))
    assert Referral.objects.get().referrer_name == "Nora Nextdoor"
    client.post(fill_in(client, you={**YOU, **named}))
    last = Referral.objects.last()
    assert (last.referrer_name, last.referrer_contact) == ("", "")


@pytest.mark.parametrize(
    ("child", "sentence"),
    [
        ({"age": "9"}, "Enter the child’s name, or where the child lives, or a school"),
        ({"forename": "Rowan", "age": "91"}, "Age must be 19 or less"),
    ],
)
def test_what_is_wrong_is_said_and_kept(db: None, child: dict[str, str], sentence: str) -> None:
    client = Client()
    names = client.post("/refer/", WORRY)["Location"]
    shown = page(client, client.post(names, child)["Location"])
    assert sentence in shown
    assert f'value="{child["age"]}"' in shown


def test_a_year_that_is_likely_a_slip_is_asked_about_and_stops_nothing(db: None) -> None:
    client = Client()
    born = {"born_day": "3", "born_month": "5", "born_year": "1998"}
    check = fill_in(client, child={**CHILD, **born})
    assert "Is the year right?" in page(client, check)
    client.post(check)
    assert Referral.objects.get().children.get().born_on == date(1998, 5, 3)


def test_the_last_page_is_found_by_its_private_address_alone(db: None) -> None:
    referral = refer()
    assert Client().get(f"/refer/received/{referral.ref}/").status_code == 404
    key = make_link(referral=referral, at=AT)
    assert Client().get(f"/refer/received/{key}/").status_code == 200
    assert Client().get("/refer/received/x/").status_code == 404


def test_a_deleted_form_leaves_no_name_anywhere(db: None) -> None:
    client = Client()
    ref = fill_in(client).split("/")[3]
    assert client.post(f"/refer/form/{ref}/delete/").status_code == 302
    assert not Draft.objects.exists()
    assert not any("Merlinton" in str(event.after) for event in ChangeEvent.objects.all())


def test_who_is_signed_in_is_written_down_as_who_sent_it(people: People) -> None:
    client = Client()
    client.force_login(people.sam)
    client.post(fill_in(client))
    assert Referral.objects.get().made_by == people.sam


def test_the_first_page_says_how_long_a_form_is_kept(db: None) -> None:
    assert f"after {settings.DRAFT_DAYS} days" in page(Client(), "/refer/")


def test_where_a_form_opens_is_said_in_the_same_way_beside_its_private_link(
    people: People,
) -> None:
    nora = Visitor(None).open("/refer/")
    nora.see("It opens on this browser alone, unless you get a link for another computer.")
    nora.send("Continue", **WORRY).send("Save and finish later")
    nora.see("It opens on this browser, or with a private link that you get here.")
    assert "Only you can see it" not in nora.text
    sam = Visitor(people.sam).open("/refer/").send("Continue", **WORRY)
    sam.send("Save and finish later").see("Only you can see it.")


@pytest.mark.parametrize(("contact", "is_taken"), [("nan", False), ("ext 4515", True)])
def test_a_contact_is_one_at_which_somebody_can_be_reached(
    db: None, contact: str, is_taken: bool
) -> None:
    client = Client()
    named = {**YOU, "gives_name": "yes", "referrer_name": "Nora", "referrer_contact": contact}
    address = client.post(client.post("/refer/", WORRY)["Location"], CHILD)["Location"]
    answer = client.post(address, named, follow=True)
    assert answer.request["PATH_INFO"].endswith("/check/") == is_taken
    said = "Enter a telephone number or an email address" in answer.content.decode()
    assert said != is_taken


@pytest.mark.parametrize(
    ("contact", "is_taken"),
    [
        ("omar@example", False),
        ("omar@ example.com", False),
        ("020 7946 0001, omar@example", False),
        ("Omar <omar@example.com>, 020 7946 0001", True),
        ("omar@example.com or uma@example.com.", True),
    ],
)
def test_a_slip_in_an_email_address_is_asked_about_beside_it(
    db: None, contact: str, is_taken: bool
) -> None:
    nora = Visitor(None).open("/refer/").send("Continue", **WORRY).send("Continue", **CHILD)
    named = {**YOU, "gives_name": "yes", "referrer_name": "Nora", "referrer_contact": contact}
    nora.send("Continue", **named)
    said = "Enter an email address in the correct format, like name@example.com" in nora.text
    assert said != is_taken
    assert ("Check your answers" in nora.text) == is_taken
    assert contact in nora.text or not is_taken


def test_a_slip_in_an_email_address_keeps_nothing_urgent_back(db: None) -> None:
    nora = Visitor(None).open("/refer/").send("Continue", **{**WORRY, "danger": "yes"})
    nora.send("Continue", **CHILD)
    named = {
        **YOU,
        "gives_name": "yes",
        "referrer_name": "Nora",
        "referrer_contact": "omar@example",
    }
    nora.send("Continue", **named).see("Check your answers").send("Send").see("We have your form")


def test_who_shares_a_computer_is_told_to_send_or_delete_the_form(people: People) -> None:
    shared = "Do others use this computer? Then send the form, or delete it, before you leave."
    nora = Visitor(None).open("/refer/").see(shared).send("Continue", **WORRY)
    nora.send("Save and finish later").see(shared, "Delete this form")
    nora.open("/refer/").see(shared).follow("Delete this form").send("Delete the form")
    assert not Draft.objects.exists()
    assert shared not in Visitor(people.sam).open("/school/refer/new/").text
