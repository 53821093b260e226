"""A small borough with open cases, and its people."""

from collections.abc import Sequence

import pytest

from onroll.agencies.actions import add_agency
from onroll.agencies.models import Agency
from onroll.cases.models import Case
from onroll.children.actions import AddressFacts, AdultFacts
from onroll.enquiries import actions as enquiries
from tests.cases import world as worlds
from tests.cases.world import AT, World
from tests.people import People

HOME = AddressFacts(lines=("3 Alder Walk",), town="Harrow", postcode="HA1 1AA")
PARENT = AdultFacts(forename="Dana", surname="Merlinton", order=1, phones=("020 7946 0011",))


@pytest.fixture
def world(db: None) -> World:
    """Give the borough."""
    return worlds.build()


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give the case of a child who left St Ann's; Olive has it."""
    return case_of(world, people, "Rowan", "Merlinton")


@pytest.fixture
def agency(db: None) -> Agency:
    """Give an agency of the kept list."""
    facts = {"name": "Made-up Homes", "contact": "Tracing desk", "email": "desk@homes.example"}
    return add_agency(facts={**facts, "route": "Its own portal, weekdays."}, at=AT)


def case_of(
    world: World, people: People, forename: str, surname: str, *, planned: Sequence[str] = ()
) -> Case:
    """Return an open case of Olive's, with enquiries that are planned on it."""
    child = world.child(
        forename, surname, upn="", addresses=(HOME,), adults=(PARENT,), flags=("young_carer",)
    )
    world.at_school(child)
    world.left(child)
    case = world.case(child, owner=people.olive)
    enquiries.plan_enquiries(case=case, steps=planned, by=people.olive, at=AT)
    return case
