"""Which child on record a referred child is: what tells them apart, and what the hub says of it."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.audit.models import AccessEvent
from onroll.children.actions import AddressFacts
from onroll.children.models import Address, Child
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision, ReferralStep
from onroll.rules.refusal import Incomplete
from tests.cases.world import AT, BORN, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED, decide, refer

pytestmark = pytest.mark.django_db
HOME = AddressFacts(lines=("12 Elm Road",), town="Wembley", postcode="HA9 0WS")
ELSEWHERE = AddressFacts(lines=("4 Oak Lane",), town="Harrow", postcode="HA1 2AB")
TOLD = ChildWords(
    forename="Sam", surname="Example", born_on=BORN, home="12 Elm Road", postcode="HA9 0WS"
)
WHICH = "Which child on record is it?"


@pytest.fixture
def two(world: World) -> tuple[Child, Child]:
    """Two children of one name: the first lives where it was told."""
    first = world.child(upn="H310200121001", addresses=[HOME])
    return first, world.child(upn="H310200121002", addresses=[ELSEWHERE])


def ticked(page: Visitor, name: str) -> list[str]:
    return [str(each) for each in page.page.xpath(f"//input[@name='{name}'][@checked]/@value")]


def test_a_likely_child_stands_there_with_home_what_differs_and_the_way_to_its_page(
    two: tuple[Child, Child], people: People
) -> None:
    """On the referral, beside the decision and where the child is accepted; the look is kept."""
    referral = refer(children=(TOLD,), answers={"sex": "F"})
    marks = (
        "Agrees The postcode is the one told.",
        "Differs Another postcode was told.",
        "12 Elm Road",
        "4 Oak Lane",
        "female was told.",
    )
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").see(*marks)
    assert "addresses" in AccessEvent.objects.latest("pk").fields
    links = mo.page.xpath("//a[starts-with(@href, '/children/')]/@href")
    assert {f"/children/{child.ref}/" for child in two} <= set(links)
    mo.follow("Decide").see(*marks)
    mo.open(f"/children/{two[0].ref}/").see("Forename Sam")
    decide(referral, by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/").see(*marks)
    assert "12 Elm Road" in olive.page.xpath("string(//*[@class='govuk-radios__item'][1])")


@pytest.mark.parametrize(
    ("home", "agrees", "is_near", "differs", "lacks"),
    [
        ("12 Elm Road, Wembley", 1, 0, 1, 0),
        ("112 Elm Road", 0, 1, 1, 0),
        ("Elm Rd", 0, 1, 1, 0),
        ("Wembley", 0, 0, 0, 2),
        ("Not known", 0, 0, 0, 0),
        ("", 0, 0, 0, 0),
    ],
)
def test_a_home_without_a_postcode_is_compared_as_far_as_it_says(
    two: tuple[Child, Child],
    people: People,
    home: str,
    agrees: int,
    is_near: int,
    differs: int,
    lacks: int,
) -> None:
    told = ChildWords(forename="Sam", surname="Example", born_on=BORN, home=home)
    mo = Visitor(people.mo).open(f"/referrals/{refer(children=(told,)).ref}/")
    assert mo.text.count("Agrees The address is the one told.") == agrees
    assert mo.text.count("Nearly The street is the one told") == is_near
    assert mo.text.count("Differs Another street was told.") == differs
    assert mo.text.count("Not known The home told has neither a postcode") == lacks


def test_of_a_common_name_the_likeliest_five_stand_there_and_the_others_on_a_press(
    world: World, people: People
) -> None:
    for _ in range(8):
        world.child("Kim", "Common", born=None)
    told = ChildWords(forename="Kim", surname="Common")
    mo = Visitor(people.mo).open(f"/referrals/{refer(children=(told,)).ref}/")
    mo.see("Less likely children on record: 3")
    folded = mo.page.xpath("//details[contains(., 'Less likely')]//a[contains(., 'Page of')]")
    assert (len(folded), mo.text.count("Page of Kim Common")) == (3, 8)


def test_of_a_protected_home_nothing_is_said_not_even_whether_it_agrees(
    two: tuple[Child, Child], people: People
) -> None:
    """Access matrix, row 8."""
    Address.objects.filter(child=two[0]).update(is_protected=True)
    mo = Visitor(people.mo).open(f"/referrals/{refer(children=(TOLD,)).ref}/")
    mo.see("Differs Another postcode was told.")
    assert "Agrees The postcode" not in mo.text


@pytest.mark.parametrize("path", ["", "decide/"])
def test_the_pages_ask_as_often_for_many_likely_children_as_for_one(
    world: World, people: People, path: str
) -> None:
    client, asked = Client(), []
    client.force_login(people.mo)
    referral = refer(children=(TOLD,))
    for number in range(3):
        for each in range(number * 3 + 1):
            world.child(upn=f"H31020012{number}{each:03d}", addresses=[HOME])
        client.get(f"/referrals/{referral.ref}/{path}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/referrals/{referral.ref}/{path}")
        asked.append(len(captured))
    assert asked[1] == asked[2]


def test_the_hub_says_which_child_it_is_and_who_accepts_finds_that_chosen(
    two: tuple[Child, Child], people: People
) -> None:
    """It stays beside the decision, and no step that the referrer may read says it."""
    referral = refer(children=(TOLD,))
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/").see(WHICH)
    assert ticked(mo, "meant_1") == ["not_said"]
    said = {**CHECKED, "decision": "lead_officer", "why": "He is at home."}
    mo.send("Save the decision", **said, meant_1=two[1].ref).see("Decided.")
    mo.see("Which child it is Sam Example, the hub says", "The hub: this is the child")
    assert HubDecision.objects.get().meant == two[1]
    steps = " ".join(ReferralStep.objects.values_list("what", flat=True))
    assert two[1].ref not in steps
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    assert ticked(olive, "child") == [two[1].ref]
    olive.see("The hub says that it is Sam Example.")
    olive.send("Accept", because="He is at home.").see("Accepted as case")
    assert two[1].cases.count() == 1


def test_the_hub_says_that_it_is_none_of_them_and_a_new_record_is_chosen(
    two: tuple[Child, Child], people: People
) -> None:
    referral = refer(children=(TOLD,))
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    said = {**CHECKED, "decision": "lead_officer", "why": "The mother names two others."}
    mo.send("Save the decision", **said, meant_1="none")
    mo.see("None of the likely children on record, the hub says")
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    assert ticked(olive, "child") == ["new"]


def test_after_a_decision_that_ends_it_the_child_who_is_meant_can_still_be_opened(
    two: tuple[Child, Child], people: People
) -> None:
    referral = refer(children=(TOLD,))
    decide(referral, Decision.ADVICE, by=people.mo, meant={1: two[0]})
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").follow("Sam Example")
    assert mo.address == f"/children/{two[0].ref}/"


def test_a_child_protected_since_is_named_to_nobody_who_may_not_know_of_them(
    two: tuple[Child, Child], people: People
) -> None:
    referral = refer(children=(TOLD,))
    decide(referral, by=people.mo, meant={1: two[0]})
    Child.objects.filter(pk=two[0].pk).update(is_protected=True)
    for path in ("", "accept/1/"):
        olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/{path}")
        assert "the hub says" not in olive.text.lower()
        assert two[0].ref not in olive.text


def test_of_several_children_each_is_asked_about_and_only_the_ticked_are_kept(
    two: tuple[Child, Child], people: People
) -> None:
    kim = ChildWords(forename="Kim", surname="Example")
    referral = refer(children=(TOLD, kim))
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.see("Which child on record is 1: Sam Example?")
    said = {**CHECKED, "decision": "advice", "why": "Told them.", "children": ["2"]}
    mo.send("Save the decision", **said, meant_1=two[0].ref).see("Decided about child 2")
    assert HubDecision.objects.get().meant is None


def test_a_case_that_a_child_joins_is_of_the_child_who_is_meant(
    world: World, two: tuple[Child, Child], people: People
) -> None:
    """Without a word of it the case says who it is; another child, or none, is refused."""
    case = world.case(two[0], owner=people.olive)
    referral = refer(children=(TOLD,))
    for child in (two[1], None):
        with pytest.raises(Incomplete, match="another child than the one you say"):
            decide(referral, Decision.OPEN_CASE, by=people.mo, case=case, meant={1: child})
    decide(referral, Decision.OPEN_CASE, by=people.mo, case=case)
    assert HubDecision.objects.get().meant == two[0]


def test_two_records_that_became_one_are_named_as_the_one(
    two: tuple[Child, Child], people: People
) -> None:
    referral = refer(children=(TOLD,))
    decide(referral, by=people.mo, meant={1: two[0]})
    Child.objects.filter(pk=two[0].pk).update(merged_into=two[1])
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    assert ticked(olive, "child") == [two[1].ref]


def test_the_database_keeps_a_child_or_none_of_them(
    two: tuple[Child, Child], people: People
) -> None:
    decide(refer(children=(TOLD,)), by=people.mo, meant={1: two[0]})
    row = HubDecision.objects.get()
    row.pk, row.ref, row.is_none_meant = None, "222-333-444", True
    with pytest.raises(IntegrityError, match="hub_means_a_child"), transaction.atomic():
        row.save(force_insert=True)


def test_who_referred_is_not_told_which_child_it_is(
    two: tuple[Child, Child], people: People
) -> None:
    """Trust 4.1: not even whether a child is known; the page says the same where none is meant."""
    texts = []
    for ref, child in (("234-567-89A", two[0]), ("234-567-89B", None)):
        referral = refer(ref, children=(TOLD,))
        decide(referral, by=people.mo, meant={1: child})
        link = f"/refer/status/{actions.make_link(referral=referral, at=AT)}/"
        page = Client().get(link).content.decode()
        assert two[0].ref not in page
        texts.append(" ".join(line for line in page.split() if "234-567" not in line))
    assert strip_tokens(texts[0]) == strip_tokens(texts[1])


def strip_tokens(page: str) -> str:
    """Return a page without what differs from one look to the next: tokens and links."""
    return re.sub(r"(nonce|value|href|action)=\"[^\"]*\"", "", page)
