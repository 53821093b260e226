"""People, the week, and its report."""

import pytest

from onroll.audit.actions import acting
from onroll.reports import actions
from onroll.reports.models import WeeklyReport
from tests import people as persons
from tests.people import People
from tests.reports import world as borough
from tests.reports.world import MONDAY, NEXT_MONDAY, World


@pytest.fixture
def people(db: None) -> People:
    return persons.build()


@pytest.fixture
def world(people: People) -> World:
    return borough.build(people.olive)


@pytest.fixture
def report(world: World) -> WeeklyReport:
    with acting(actor="worker:reports"):
        made, _ = actions.issue_weekly(week_starts_on=MONDAY, at=NEXT_MONDAY)
    return made
