"""Who is signed in and refers a child of whom they know: the way in, and what the account says."""

import pytest

from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import WHY

pytestmark = pytest.mark.django_db


def value(visitor: Visitor, name: str) -> str:
    return str(visitor.page.xpath(f"string(//main//input[@name='{name}']/@value)"))


def page_of(visitor: Visitor, slug: str) -> str:
    before, _, ref = visitor.address.partition("/form/")
    return f"{before}/form/{ref[:11]}/{slug}/"


@pytest.mark.parametrize("who", ["sen", "cat", "ada"])
def test_an_officer_finds_the_form_beside_what_is_typed_in_for_others(
    people: People, who: str
) -> None:
    officer = Visitor(getattr(people, who)).see("Type in a referral")
    officer.follow("Refer a child").see("Why you refer the child")
    assert officer.address.startswith("/refer/professional/")
    assert "How did it come?" not in officer.text


def test_what_was_said_at_the_end_of_the_first_pages_goes_into_that_form(people: People) -> None:
    sen = Visitor(people.sen).open("/start-record/poor-attendance/")
    sen.send("Keep this", forename="Rowan", surname="Merlinton", not_known="yes")
    assert sen.address.startswith("/refer/professional/form/")
    assert value(sen.open(page_of(sen, "child")), "forename") == "Rowan"


@pytest.mark.parametrize("who", ["sen", "sam"])
def test_the_form_is_kept_for_the_person_and_knows_them(people: People, who: str) -> None:
    user = getattr(people, who)
    begun = Visitor(user).open("/school/refer/new/" if who == "sam" else "/refer/professional/")
    begun.see("for you alone. You can go on at another computer.")
    assert "this browser" not in begun.text
    begun.send("Continue", worry="Not seen.")
    you = begun.open(page_of(begun, "you"))
    assert value(you, "referrer_contact") == user.email
    assert value(you, "referrer_job").startswith(user.role_title)
    if who == "sen":
        assert value(you, "referrer_name") == user.name
        you.send("Continue", agency="The council", referrer_contact="020 7946 0001")
        you.open(page_of(you, "you"))
        assert value(you, "referrer_contact") == "020 7946 0001"


def test_without_an_account_it_opens_on_this_browser_and_knows_nobody(db: None) -> None:
    begun = Visitor(None).open("/refer/professional/").see("It opens on this browser alone")
    begun.send("Continue", worry="Not seen.")
    you = begun.open(page_of(begun, "you"))
    assert value(you, "referrer_contact") == value(you, "referrer_name") == ""


def test_forms_that_are_not_finished_are_told_apart_by_name_and_reference(people: People) -> None:
    sen = Visitor(people.sen)
    for forename in ("Rowan", "Wren"):
        sen.open("/refer/professional/").send("Continue", **WHY, whereabouts="no")
        sen.send("Continue", forename=forename, surname="Merlinton")
    ref = page_of(sen, "child").split("/")[4]
    sen.open("/forms/unfinished/").see("Only you can see them.")
    sen.see("Rowan Merlinton. Reference", f"Wren Merlinton. Reference {ref}.")
    assert "Merlinton" not in sen.title
    assert "Merlinton" not in Visitor(people.cat).open("/forms/unfinished/").text
