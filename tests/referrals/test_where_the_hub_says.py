"""What the hub decides about a child's whereabouts holds against what a file claims (P15, P42)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.cases.words import describe_alert
from onroll.children.models import Child
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import Referral
from onroll.rules import pathway
from onroll.rules.grades import Grade
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Seen, Spot, Telling
from tests.cases.world import AT, BORN, LEFT_ON, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CALM, decide, refer

pytestmark = pytest.mark.django_db
SAM = ChildWords(forename="Sam", surname="Example", born_on=BORN)
GONE = replace(
    CALM,
    is_whereabouts_known=False,
    risk=RiskAnswer.NOT_SURE,
    is_serious=True,
    call_with="Pat Police, duty desk",
    call_at=AT,
    police_by="Mo Mash",
    police_reference="CAD 1234",
)
SINCE = LEFT_ON + timedelta(3)


def test_what_a_school_claims_is_a_lead_where_the_hub_says_that_nobody_knows(
    world: World, people: People
) -> None:
    """The file says “on its roll”: the hub reads it before, and the case is not found by it."""
    sam = world.child()
    world.at_school(sam, world.mill_lane, SINCE)
    referral = refer(children=(SAM,), urgent_why="Gone since Friday.")
    claim = "St Ann's School said on 18 November 2026 that the child is on the roll of Mill Lane"
    Visitor(people.mo).open(f"/referrals/{referral.ref}/").see("Who may it be?", claim)
    decide(referral, by=people.mo, checks=GONE, grade=Grade.RED)
    case = accept(referral, sam, people)
    assert (case.stage, case.is_whereabouts_known) == ("reported", False)
    assert [alert.kind for alert in case.alerts.filter(settled_at=None)] == ["located"]
    cases.update_all_whereabouts(on=TODAY + timedelta(days=1), at=AT + timedelta(days=1))
    case.refresh_from_db()
    assert (case.stage, case.is_whereabouts_known) == ("reported", False)
    page = Visitor(people.olive).open(f"/cases/{case.ref}/")
    assert "Found, not yet in education" not in page.see(claim).text


def test_what_a_file_moves_is_moved_by_onroll(world: World, people: People) -> None:
    """Who accepts has not found the child: the file says so."""
    sam = world.child()
    world.at_school(sam, world.mill_lane, SINCE)
    referral = refer(children=(SAM,))
    decide(referral, by=people.mo)
    case = accept(referral, sam, people)
    assert case.stage == "located"
    assert case.steps.get(what=pathway.LOCATE.title).by is None


def accept(referral: Referral, child: Child, people: People) -> Case:
    """Accept the child of a referral in Olive's name."""
    entry = referral.children.get()
    return actions.accept_child(
        entry=entry, child=child, because="Gone.", by=people.olive, at=AT + timedelta(hours=1)
    )


@pytest.fixture
def found(world: World, people: People) -> Case:
    """Give Olive's case of a child who is found at a school."""
    case = world.case(world.child(), owner=people.olive)
    world.at_school(case.child, world.mill_lane, SINCE)
    cases.update_whereabouts(child=case.child, on=TODAY, at=AT)
    return Case.objects.get(pk=case.pk)


def join(case: Case, people: People) -> Visitor:
    """Refer the child of a case again, and join it to the case: nobody knows where the child is."""
    referral = refer(children=(SAM,), urgent_why="Not seen for a week.")
    decide(referral, Decision.OPEN_CASE, case=case, by=people.mo, checks=GONE, grade=Grade.RED)
    return Visitor(people.olive).open(f"/cases/{case.ref}/")


def test_what_the_hub_doubts_stands_on_the_open_case_until_somebody_settles_it(
    found: Case, people: People
) -> None:
    """“Whereabouts known” is contradicted at the head of the case, not passed over."""
    olive = join(found, people)
    doubt = "of referral 234-567-89A: nobody knows where the child is."
    olive.see("Referred again", doubt, "settle this and say how you know")
    alert = found.alerts.get(kind="doubted")
    assert describe_alert(alert).startswith("The hub found on 18 November 2026, of referral")
    cases.settle_alert(alert=alert, why="The school rang: in class.", by=people.olive, at=AT)
    assert doubt not in olive.open(f"/cases/{found.ref}/").text


def test_a_child_lost_again_settles_what_the_hub_doubts(found: Case, people: People) -> None:
    """Then the case says so itself."""
    join(found, people)
    cases.move_case(case=found, move=pathway.LOSE, why="Not in class.", at=AT, by=people.olive)
    alert = found.alerts.get(kind="doubted")
    assert (alert.settled_at, alert.settled_by) == (AT, people.olive)


def test_whereabouts_that_were_only_noted_are_not_known_any_more(
    world: World, people: People
) -> None:
    """No move would take the note back, so the hub's decision does, in the name of who took it."""
    case = world.case(world.child(), owner=people.olive)
    cases.note_whereabouts(case=case, why="A neighbour said so.", at=AT, by=people.olive)
    join(case, people).see("Whereabouts not known", "The hub found on 18 November 2026")
    assert case.steps.get(what="Whereabouts not known").by == people.mo


def test_a_risk_contradicts_that_the_child_is_safe(found: Case, people: People) -> None:
    """Who saw the child last said that she is safe: the hub is not sure."""
    telling = Telling(
        seen=Seen.ALONE,
        on=TODAY,
        by="Tia Teacher",
        role="Head of year",
        spot=Spot.SCHOOL,
        place="Mill Lane School",
        is_safe=RiskAnswer.YES,
        wishes="To stay.",
    )
    cases.record_sighting(case=found, telling=telling, by=people.olive, at=AT)
    join(found, people).see("Who saw the child last said that the child is safe.")


def test_a_referral_that_joined_stands_on_the_case_until_its_worker_has_read_that(
    found: Case, people: People
) -> None:
    """The hub decided that it joins; whoever works on the case is to read it."""
    join(found, people).see("Referred again").open("/referrals/234-567-89A/").send("I have read it")
    assert "Referred again" not in Visitor(people.olive).open(f"/cases/{found.ref}/").text
