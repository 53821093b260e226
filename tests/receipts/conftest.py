"""A case, and the officer who works on it."""

import pytest

from onroll.cases.models import Case
from tests.cases import world as worlds
from tests.journeys.visitor import Visitor
from tests.people import People


@pytest.fixture
def case(people: People) -> Case:
    return worlds.build().case(owner=people.olive)


@pytest.fixture
def olive(case: Case, people: People) -> Visitor:
    return Visitor(people.olive)
