"""The children of one household beside each other, and never one for another."""

import pytest

from onroll.audit.models import AccessEvent
from onroll.cases.models import Case
from onroll.children.models import Address, Child
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.record.conftest import HOME

pytestmark = pytest.mark.django_db


@pytest.fixture
def sister(world: World, case: Case, people: People) -> Case:
    """Give the case of a sister at the same address; Max has it."""
    child = world.child("Bryony", "Merlinton", addresses=(HOME,))
    world.at_school(child)
    world.left(child)
    return world.case(child, owner=people.max)


def test_brothers_and_sisters_stand_beside_each_other_with_their_cases(
    case: Case, sister: Case, people: People
) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/record/").follow("The household")
    olive.see("Bryony Merlinton", "Lives at the same address", sister.ref, "Max Marsh", "Mother")
    seen = {child for event in AccessEvent.objects.all() for child in event.child_ids}
    assert sister.child_id in seen


@pytest.mark.parametrize("whose", ["own", "other"])
def test_a_protected_child_stands_beside_nobody(
    case: Case, sister: Case, people: People, whose: str
) -> None:
    """Access matrix, row 8."""
    protected = case if whose == "own" else sister
    Address.objects.filter(child=protected.child_id).update(is_protected=True)
    page = Visitor(people.olive).open(f"/cases/{case.ref}/record/household/")
    assert "Bryony" not in page.text


def test_another_child_of_the_street_is_nobodys_sister(
    case: Case, sister: Case, people: People
) -> None:
    Address.objects.filter(child=sister.child_id).update(lines=["5 Alder Walk"])
    page = Visitor(people.olive).open(f"/cases/{case.ref}/record/household/")
    assert "Bryony" not in page.text
    Child.objects.filter(pk=sister.child_id).update(forename="Rowan")
    assert sister.ref not in page.open(f"/cases/{case.ref}/record/household/").text
