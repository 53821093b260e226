"""What the hub is asked at its decision: once, of what is open, and of what the law wants."""

from datetime import date

import pytest

from onroll.cases.models import Case
from onroll.referrals import actions, queries
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision
from onroll.rules.refusal import Incomplete
from tests.cases.world import AT, BORN, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED, decide, refer

pytestmark = pytest.mark.django_db
SAM = ChildWords(forename="Sam", surname="Example", born_on=BORN)
FOSTERED = {"private_fostering": "yes"}
ASKS = "Was children’s social care told where the child lives?"
TOLD = {
    "care": "yes",
    "care_name": "Cara Care",
    "care_team": "Front door",
    "care_on_day": "17",
    "care_on_month": "11",
    "care_on_year": "2026",
}


@pytest.mark.parametrize("way", [Decision.LEAD_OFFICER, Decision.NO_ACTION])
def test_of_private_fostering_social_care_is_told_whatever_is_decided(
    world: World, people: People, way: Decision
) -> None:
    """The regulations want the authority told: who and when, or who decided that nobody is."""
    referral = refer(children=(SAM,), answers=FOSTERED)
    with pytest.raises(Incomplete, match="social care was told"):
        decide(referral, way, by=people.mo)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/").see(ASKS)
    said = {**CHECKED, "decision": way.value, "why": "An aunt’s friend has him."}
    mo.send("Save the decision", **said).see("Select whether children’s social care was told")
    mo.send("Save the decision", **said, care="no").see("Enter")
    mo.send("Save the decision", **said, **TOLD)
    mo.see("Social care was told: Cara Care, Front door, 17 November 2026")
    decision = HubDecision.objects.get()
    assert (decision.care_name, decision.care_on) == ("Cara Care", date(2026, 11, 17))


def test_who_decided_that_social_care_is_not_told_stands_on_the_case(
    world: World, people: People
) -> None:
    """The case's page carries the answer on."""
    referral = refer(children=(SAM,), answers=FOSTERED)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.send(
        "Save the decision",
        **CHECKED,
        decision="lead_officer",
        why="He lives with a friend.",
        care="no",
        care_why_not="The friend is his grandmother.",
        decided_by="Mo Malik, hub",
        decided_on_day="18",
        decided_on_month="11",
        decided_on_year="2026",
    )
    entry = referral.children.get()
    case = actions.accept_child(
        entry=entry, child=world.child(), because="Gone.", by=people.olive, at=AT
    )
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    olive.see("Mo Malik, hub decided on 18 November 2026 that social care is not told")


def test_where_who_referred_does_not_know_the_hub_is_asked_as_well_in_words_of_its_own(
    world: World, people: People
) -> None:
    """Nobody being sure is sent on as that, beside whom social care has it from; the case too."""
    referral = refer(children=(SAM,), answers={"private_fostering": "not_known"})
    with pytest.raises(Incomplete, match="social care was told"):
        decide(referral, by=people.mo)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/").see(ASKS)
    mo.see("Find that out, or tell social care that nobody is sure")
    assert "The referral says that the child lives with" not in mo.text
    said = {**CHECKED, "decision": "lead_officer", "why": "Nobody knows."}
    mo.send("Save the decision", **said, **TOLD)
    not_known = "Who referred does not know whether the child lives with a close relative."
    mo.see(not_known, "Social care was told: Cara Care")
    entry = referral.children.get()
    case = actions.accept_child(
        entry=entry, child=world.child(), because="Gone.", by=people.olive, at=AT
    )
    Visitor(people.olive).open(f"/cases/{case.ref}/").see(not_known, "Cara Care")


@pytest.mark.parametrize("answers", [{}, {"private_fostering": "no"}])
def test_nobody_is_asked_about_social_care_where_the_referral_does_not_say_so(
    world: World, people: People, answers: dict[str, str]
) -> None:
    """Of any other child the page asks no more than before."""
    referral = refer(children=(SAM,), answers=answers)
    assert ASKS not in Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/").text


def test_the_only_case_offered_is_ticked_and_only_the_first_error_is_said(
    world: World, people: People
) -> None:
    """Who joins a child to a case and ticks none is not asked why it is not joined."""
    case: Case = world.case(world.child(), owner=people.olive)
    referral = refer(children=(SAM,), urgent_why="Gone.")
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    [ticked] = mo.page.xpath("//input[@name='case'][@checked]")
    assert ticked.get("value") == case.ref
    said = {**CHECKED, "decision": "open_case", "why": "The same child.", "risk": "not_sure"}
    mo.send("Save the decision", **said, case="")
    mo.see("Select the case that it joins")
    assert "it is not joined" not in mo.text


@pytest.mark.parametrize("words", ["Not known to us", "Not known", "-"])
def test_words_that_name_no_school_are_not_compared_as_one(
    world: World, people: People, words: str
) -> None:
    """Who refers does not know the school: nothing differs by that."""
    world.child()
    told = ChildWords(forename="Sam", surname="Example", born_on=BORN, school_words=words)
    entry = refer(children=(told,)).children.get()
    [match] = queries.likely(people.mo, entry, on=TODAY)
    assert "school" not in [reason.field for reason in match.reasons]


@pytest.mark.parametrize(
    ("way", "name"),
    [
        ("attendance", "passed_attendance"),
        ("home_education", "passed_home_education"),
        ("early_help", "passed_early_help"),
    ],
)
def test_who_is_sent_on_goes_with_papers_that_the_hub_passes_itself(
    world: World, people: People, way: str, name: str
) -> None:
    """Onroll tells a desk the reference alone: to whom the papers went, and how, is asked."""
    referral = refer(children=(SAM,))
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.see("Pass the papers the way you always do.")
    said = {**CHECKED, "decision": way, "why": "On a roll."}
    mo.send("Save the decision", **said).see("Say to whom the papers were passed, and how")
    mo.send("Save the decision", **said, **{name: "Cat Cole, by internal post"})
    mo.see("Onroll sends no papers. Pass them to", "Cat Cole, by internal post")
    assert "It was sent to" not in mo.text
    assert HubDecision.objects.get().passed_how == "Cat Cole, by internal post"
