"""A referral of several children, of whom one is sealed: the hub works on for the others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision, Referral
from tests.cases import world as worlds
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED, decide, refer

pytestmark = pytest.mark.django_db
WORRY = "Rowan and Kim are alone."
SECRET = ("Rowan", "Merlinton", WORRY)
PART = "Part of this referral is not shown to you: ring Max Marsh"


@pytest.fixture
def case(db: None, people: People) -> Case:
    """Give a case that Cat alone sees."""
    world = worlds.build()
    case = world.case(world.child("Rowan", "Merlinton"))
    cases.seal_case(
        case=case, why="A relative.", team=[people.cat], by=people.max, at=timezone.localtime()
    )
    return case


@pytest.fixture
def referral(case: Case) -> Referral:
    """Give an urgent referral of the sealed child and of Kim, sent an hour ago."""
    sealed = ChildWords(forename="Rowan", surname="Merlinton", record=case.child_id)
    kim = ChildWords(forename="Kim", surname="Example")
    at = timezone.localtime() - timedelta(hours=1)
    return refer(children=(sealed, kim), worry=WORRY, urgent_why="Both are alone.", at=at)


def hides(visitor: Visitor) -> None:
    assert not [word for word in SECRET if word in visitor.text]


def test_the_hub_decides_about_the_child_who_is_not_sealed_alone(
    referral: Referral, people: People
) -> None:
    mo = Visitor(people.mo).open("/referrals/").see("part of it is not shown to you", referral.ref)
    hides(mo)
    mo.follow(referral.ref).see(PART, "Kim Example", "Urgent")
    hides(mo)
    mo.follow("Decide").see("Kim Example")
    hides(mo)
    why = "There is nothing to do, and that is sure."
    answers = {**CHECKED, "risk": "not_sure", "decision": "advice", "why": why}
    mo.send("Save the decision", **answers, contradicts_why="Rang.")
    hides(mo)
    assert HubDecision.objects.get().entry.number == 2
    client = mo.client
    assert client.get(f"/referrals/{referral.ref}/decide/").status_code == 302
    client.post(f"/referrals/{referral.ref}/decide/", {**answers, "version": "9"})
    assert HubDecision.objects.count() == 1


def test_what_the_list_names_opens_and_its_receipt_is_entered(
    referral: Referral, people: People
) -> None:
    decide(referral, Decision.SOCIAL_CARE, by=people.max, passed_how="By telephone.", only={2})
    mo = Visitor(people.mo).open("/referrals/?list=sent_on").see(referral.ref)
    hides(mo)
    mo.open(f"/referrals/{referral.ref}/").see(PART, "Kim Example").follow("Enter who has it")
    hides(mo)
    mo.see(PART).send("Save", name="Sasha Social").see("Sasha Social")
    hides(mo)
    assert HubDecision.objects.get().receipt_name == "Sasha Social"
    for path in ("receipt/1/", "accept/1/", "grade/", "notifications/"):
        assert mo.client.get(f"/referrals/{referral.ref}/{path}").status_code in (403, 404)


def test_who_sees_the_sealed_child_sees_the_whole_and_one_alone_stays_hidden(
    referral: Referral, case: Case, people: People
) -> None:
    cases.add_member(case=case, user=people.max, by=people.cat, at=timezone.localtime())
    whole = Visitor(people.max).open(f"/referrals/{referral.ref}/").see(*SECRET)
    assert "Part of this referral" not in whole.text
    child = ChildWords(forename="Rowan", surname="Merlinton", record=case.child_id)
    alone = refer("345-678-9AB", children=(child,))
    client = Client()
    client.force_login(people.mo)
    assert client.get(f"/referrals/{alone.ref}/").status_code == 404
    assert alone.ref not in client.get("/referrals/").content.decode()
