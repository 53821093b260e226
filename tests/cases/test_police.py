"""Whether the police know that a child is missing, and under which numbers, is on the case."""

import pytest
from django.utils import timezone

from onroll.cases import actions as cases
from onroll.cases.actions import PoliceFacts
from onroll.cases.models import Case, PoliceReport
from onroll.rules.refusal import Refused
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import day

pytestmark = pytest.mark.django_db
TOLD = PoliceFacts(is_reported=True, reported_by="Mo Malik, MASH", reference="CAD 1234/17NOV")


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give the case of a child of whom nobody knows where they are; Olive has it."""
    return world.case(world.child("Rowan", "Merlinton"), owner=people.olive)


def test_who_told_the_police_stands_at_the_head_and_in_the_chronology(
    case: Case, people: People
) -> None:
    page = f"/cases/{case.ref}/"
    olive = Visitor(people.olive).open(page)
    olive.see("Nobody has written down whether the police know").follow("Write it down")
    olive.send("Save", told="yes").see("Enter who told them")
    olive.send(
        "Save",
        told="yes",
        reported_by="Olive Obi",
        force="Metropolitan Police",
        reference="CAD 99",
        missing_number="26MIS012345",
        **day("reported_on", timezone.localdate()),
    )
    olive.see("Reported missing to the police", "Metropolitan Police, reference CAD 99")
    olive.see("missing person 26MIS012345")
    olive.open(f"{page}chronology/").see("Reported missing to the police", "CAD 99")
    olive.open(page).follow("Write down what is new")
    olive.send("Save", told="no", why_not="The grandmother has found her.")
    olive.see("Not reported missing to the police", "The grandmother has found her.")
    assert PoliceReport.objects.count() == 2


def test_what_the_hub_has_asked_is_not_asked_again(case: Case, people: People) -> None:
    at = timezone.localtime()
    kept = cases.take_over_police(
        case=case, facts=TOLD, referral="222-333-444", by=people.mo, at=at
    )
    assert kept is not None
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    olive.see("Told by Mo Malik, MASH", "CAD 1234/17NOV", "at the hub, referral 222-333-444")
    assert "Nobody has written down" not in olive.text
    again = cases.take_over_police(
        case=case, facts=TOLD, referral="222-333-444", by=people.mo, at=at
    )
    assert again is None
    with pytest.raises(Refused):
        cases.record_police(case=case, facts=TOLD, by=people.olive, at=at)


def test_who_may_not_work_on_the_case_writes_nothing(case: Case, people: People) -> None:
    for person in (people.sam, people.dee, people.cat):
        assert Visitor(person).open(f"/cases/{case.ref}/police/").status in (403, 404)
