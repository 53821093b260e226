"""A small borough with an open case of a child who left, and its people."""

import pytest

from onroll.cases.models import Case
from tests.cases import world as worlds
from tests.cases.world import World
from tests.people import People
from tests.sharing.conftest import case_of


@pytest.fixture
def world(db: None) -> World:
    """Give the borough."""
    return worlds.build()


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give the case of a child who left St Ann's; Olive has it."""
    return case_of(world, people, "Rowan", "Merlinton")
