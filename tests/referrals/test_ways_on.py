"""Where a form leaves somebody without an answer, its page says the way on."""

import pytest
from django.utils import timezone

from onroll.referrals import actions
from onroll.referrals.definition.kinds import NOT_SURE
from onroll.referrals.definition.worry import WHY
from onroll.referrals.facts import ChildWords, ReferralFacts
from onroll.schools.queries import our_policy
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import professional, risk

pytestmark = pytest.mark.django_db
URGENT = {"danger": "yes", "danger_why": "We heard shouting.", "called": "no", "police": "no"}


def at_the_talk(why: dict[str, str]) -> Visitor:
    """Answer one question about risk with yes; stop at the page about the talk."""
    hana = Visitor(None).open("/refer/professional/")
    given = {"reason": "no_school_named", "worry": "Gone.", "danger": "no", "whereabouts": "no"}
    hana.send("Continue", **{**given, **why})
    ref = hana.address.split("/")[4]
    for number, answers in enumerate(risk(mobile_family="yes"), start=1):
        hana.open(f"/refer/professional/form/{ref}/risk-{number}/").send("Continue", **answers)
    return hana.open(f"/refer/professional/form/{ref}/talk/")


def test_a_talk_not_held_yet_waits_on_the_draft(db: None) -> None:
    hana = at_the_talk({})
    hana.see("Have you not spoken yet?", "Press “Save and finish later”, hold the talk today")
    assert "The talk is still owed." not in hana.text
    hana.send("Save and finish later").see("Saved. You can finish this form later.")
    hana.see("The talk about the risk", "The talk with the safeguarding lead and the manager")


def test_the_question_that_makes_a_form_urgent_is_named_and_one_press_away(db: None) -> None:
    danger, unsure = (next(q.words for q in WHY if q.code == "danger"), dict(NOT_SURE)["not_sure"])
    hana = at_the_talk({}).see(f"Answer the question “{danger}”", f"“{unsure}” is enough")
    ref = hana.address.split("/")[4]
    hana.follow(danger).see(danger, unsure)
    assert hana.address == f"/refer/professional/form/{ref}/worry/"


def test_an_urgent_form_goes_at_once_and_owes_the_talk(db: None) -> None:
    hana = at_the_talk(URGENT)
    hana.see("This is urgent, so do not wait.", "The talk is still owed.")
    assert "hold the talk today" not in hana.text
    ref = hana.address.split("/")[4]
    hana.open(f"/refer/professional/form/{ref}/child/")
    hana.send("Continue", forename="Rowan", surname="Merlinton", sex="M")
    hana.open(f"/refer/professional/form/{ref}/you/")
    you = {"referrer_name": "Hana", "referrer_contact": "020 7946 0001"}
    hana.send("Check and send now", **you)
    hana.send("Send").see("Still owed", "The talk with the safeguarding lead and the manager")


def test_a_parent_is_led_to_a_school_place_on_the_first_page_and_after_sending(db: None) -> None:
    nora = Visitor(None).open("/refer/")
    nora.see("Is it your own child, and do you need a school place?")
    nora.follow("See what to do, and whom to ring").see(our_policy().cme_name)
    nora.open("/refer/").send("Continue", worry="My son has no school.", danger="no")
    nora.send("Continue", forename="Rowan")
    nora.send("Continue", relation="parent", gives_name="no").send("Send")
    nora.see("Does your child need a school place?", our_policy().cme_name)
    assert our_policy().cme_phone.replace(" ", "") in nora.text.replace(" ", "").replace("\xa0", "")


def test_a_neighbour_and_a_professional_are_not(db: None) -> None:
    nora = Visitor(None).open("/refer/").send("Continue", worry="Gone.", danger="no")
    nora.send("Continue", forename="Rowan")
    nora.send("Continue", relation="neighbour", gives_name="no").send("Send")
    assert "need a school place" not in nora.text
    assert "need a school place" not in Visitor(None).open("/refer/professional/").text


def test_who_has_no_account_is_offered_a_copy_before_sending_and_told_that_none_follows(
    people: People,
) -> None:
    hana = professional(Visitor(None))
    hana.see("Do you need a copy of what you wrote?")
    hana.send("Send", missing_why="Nobody knew.")
    hana.see("It does not show what you wrote about the child.")
    signed_in = professional(Visitor(people.sen))
    assert "Do you need a copy" not in signed_in.text


def test_the_page_of_a_status_says_each_thing_once(people: People) -> None:
    facts = ReferralFacts(
        relation="professional", worry="Gone.", children=(ChildWords(forename="Rowan"),)
    )
    ref = actions.refer(ref="234-567-89A", facts=facts, by=people.sen, at=timezone.now()).ref
    text = Visitor(people.sen).open(f"/our-referrals/{ref}/").text
    assert text.count("decides what to do") == 1
    assert text.count("when our work is over") == 1
