"""A small borough with one open case, and its people."""

import pytest

from onroll.cases.models import Case
from onroll.schools import actions as schools
from tests.cases import world as worlds
from tests.cases.world import TODAY, World
from tests.people import People


@pytest.fixture
def world(db: None, people: People) -> World:
    """Give the borough; Sam works at St Ann's, Tess at Mill Lane."""
    borough = worlds.build()
    schools.add_staff(user=people.sam, school=borough.st_anns, on=TODAY)
    schools.add_staff(user=people.tess, school=borough.mill_lane, on=TODAY)
    return borough


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give the case of a child who left St Ann's; Olive has it."""
    child = world.child("Rowan", "Merlinton")
    world.at_school(child)
    world.left(child)
    return world.case(child, owner=people.olive)
