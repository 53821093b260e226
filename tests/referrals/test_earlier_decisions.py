"""What the hub decided before stays on the page in full, and need not be checked anew (P15)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision, Referral
from onroll.rules.risk import RiskAnswer
from onroll.schools.models import Authority
from tests.cases.world import AT, TODAY
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CALM, decide, refer

pytestmark = pytest.mark.django_db
GRAVE = replace(
    CALM,
    is_whereabouts_known=False,
    risk=RiskAnswer.NOT_SURE,
    greater_risks=("crime",),
    is_serious=True,
    call_with="Pat Duty",
    call_at=AT,
    has_social_worker=True,
    social_worker="Sue Social",
    social_worker_on=TODAY,
    police_by="Mo Malik",
    police_reference="CAD 1234",
)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def opened(people: People) -> Referral:
    """Give a referral that was sent to another authority and opened again."""
    brent = Authority.objects.create(code="304", name="Brent", status="live")
    referral = refer(urgent_why="He was hit.")
    way = {"authority": brent, "contradicts_why": "Brent has him."}
    decide(referral, Decision.OTHER_AUTHORITY, by=people.mo, checks=GRAVE, **way)
    entry = referral.children.get()
    actions.open_again(entry=entry, why="He came back.", by=people.max, at=LATER)
    return referral


def test_an_earlier_decision_stays_in_full_with_what_ended_it(
    people: People, opened: Referral
) -> None:
    """The form that opens a child again promises that."""
    mo = Visitor(people.mo).open(f"/referrals/{opened.ref}/")
    _, below = mo.text.split("The child, as we were told")
    seen = (
        "What the hub decided earlier",
        f"Opened again {people.max.name}",
        "He came back.",
        "To another authority",
        "Brent",
        "Told by Mo Malik, reference CAD 1234",
        "Spoke with Pat Duty",
        "Sue Social was told",
    )
    assert [words for words in seen if words not in below] == []
    decide(opened, Decision.SOCIAL_CARE, by=people.mo, checks=GRAVE, passed_how="Rang.")
    mo.open(f"/referrals/{opened.ref}/")
    now, before = mo.text.split("What the hub decided earlier")
    assert "To social care" in now.split("What the hub decided")[1]
    assert "Brent" in before


def test_what_was_checked_is_filled_in_for_the_next_decision_and_can_be_changed(
    people: People, opened: Referral
) -> None:
    mo = Visitor(people.mo).open(f"/referrals/{opened.ref}/decide/")
    mo.see("From the decision of", "Change what is no longer so.")
    mo.send(
        "Save the decision",
        decision="social_care",
        passed_how="Rang.",
        why="He came back.",
        risk="yes",
    )
    mo.see("Decided. Your reason is kept.")
    first, second = HubDecision.objects.all()
    kept = ["is_whereabouts_known", "greater_risks", "call_with", "call_at", "social_worker"]
    kept += ["social_worker_on", "police_by", "police_reference", "is_serious"]
    assert [getattr(second, name) for name in kept] == [getattr(first, name) for name in kept]
    assert (first.risk, second.risk) == ("not_sure", "yes")


def test_of_two_children_only_what_was_checked_of_both_is_filled_in(people: People) -> None:
    referral = refer(children=(ChildWords(forename="Sam"), ChildWords(forename="Kim")))
    sam, kim = referral.children.all()
    decide(referral, by=people.mo, checks=GRAVE, only={1})
    decide(referral, by=people.mo, only={2})
    for entry in (sam, kim):
        actions.turn_back(entry=entry, why="Not ours.", by=people.olive, at=LATER)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    assert "From the decision of" not in mo.text
    assert not mo.page.xpath("//input[@name='risk'][@checked]")
    mo.open(f"/referrals/{referral.ref}/").see(f"Turned back {people.olive.name}", "Not ours.")


def test_earlier_decisions_do_not_make_the_page_ask_more(people: People, opened: Referral) -> None:
    mo, asked = Visitor(people.mo), []
    for _ in range(3):
        mo.open(f"/referrals/{opened.ref}/")
        with CaptureQueriesContext(connection) as captured:
            mo.open(f"/referrals/{opened.ref}/")
        asked.append(len(captured))
        decide(opened, Decision.ADVICE, by=people.mo, contradicts_why="Rang.")
        entry = opened.children.get()
        actions.open_again(entry=entry, why="Again.", by=people.mo, at=LATER)
    assert len(set(asked)) == 1
