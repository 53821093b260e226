"""From a neighbour's first click to the officer's open case, with the hub between (P10, P15)."""

import pytest

from onroll.cases.models import Case
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED

pytestmark = pytest.mark.django_db


@pytest.mark.shows("readme.people")
def test_a_neighbour_s_worry_becomes_a_case_of_a_named_officer(people: People) -> None:
    neighbour = Visitor(None).follow("Tell us with a form")
    neighbour.send("Continue", worry="He plays outside all day.", danger="not_sure")
    neighbour.send("Continue", forename="Rowan", surname="Merlinton", home="12 Elm Road")
    neighbour.send("Continue", relation="neighbour", gives_name="no")
    neighbour.see("Check your answers", "Rowan", "I am not sure").send("Send")
    neighbour.see("We have your form", "Then ring us now as well")
    assert "within 1 working day" not in neighbour.text
    ref = neighbour.page.xpath("string(//main//strong[contains(., '-')])")

    hub = Visitor(people.mo).open("/today/").see("referral for the hub to decide")
    hub.follow("referral for the hub to decide").see("Urgent", "Rowan Merlinton").follow(ref)
    hub.see("He plays outside all day.", "Gave no name").send("I look at it")
    hub.see("You look at this referral.").follow("Decide")
    checked = {**CHECKED, "risk": "not_sure", "decision": "lead_officer"}
    hub.send("Save the decision", **checked, why="On no roll that we know.")
    hub.see("say why that is right all the same")
    hub.send("Save the decision", contradicts_why="He plays in a garden that a wall goes round.")
    hub.see("Waits to be accepted")

    officer = Visitor(people.olive).open("/today/").see("hand-over that nobody has accepted")
    officer.follow("hand-over that nobody has accepted").follow(ref).follow("Turn it back")
    officer.send("Turn it back", why="Ask the school first.").see("It is back with the hub")

    hub.open("/today/").follow("referral for the hub to decide").follow(ref)
    hub.see("Turned back to the hub", "Ask the school first.").follow("Decide")
    checked.pop("grade")
    hub.send("Save the decision", **checked, why="The school does not know him.")
    hub.send("Save the decision", contradicts_why="The wall is still there.")

    officer.open("/today/").follow("hand-over that nobody has accepted").follow(ref)
    officer.follow("Accept this child")
    officer.send("Accept", child="new", sex="M", because="Seen at home in school hours.")
    case = Case.objects.get()
    officer.see(f"Accepted as case {case.ref}.", f"Told by a neighbour, referral {ref}")
    assert case.owner == people.olive
    officer.open(f"/cases/{case.ref}/chronology/")
    officer.see("Came in, from: A neighbour", "Turned back to the hub", "Ask the school first.")
    manager = Visitor(people.max).open("/referrals/?list=done")
    manager.see(ref, "Accepted", "Olive Obi")
