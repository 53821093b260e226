"""Who has seen a child's record: a page of it at a time, the latest first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.audit import actions as audit
from onroll.casefile.views.case import PER_PAGE
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db


def test_who_has_seen_a_record_is_told_page_by_page(world: World, people: People) -> None:
    """Trust 4.2, row 38: nobody who looked is left out, the earliest is on the last page."""
    case = world.case(world.child("Amina", "Example"))
    for number in range(PER_PAGE + 1):
        at = timezone.now() - timedelta(days=number)
        ground = "case_list"
        audit.saw(
            by=people.olive, children=[case.child_id], page=f"p{number}", ground=ground, at=at
        )
    max_ = Visitor(people.max).open(f"/cases/{case.ref}/team/")
    max_.see("Who has seen this child’s record", "Who", "On what ground", "P0")
    assert f"P{PER_PAGE}" not in max_.text
    max_.open(f"/cases/{case.ref}/team/?page=2").see(f"P{PER_PAGE}")
