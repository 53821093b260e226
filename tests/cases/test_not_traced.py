"""A child who is not found is not dropped: an alert stays and reviews go on (P53)."""

import pytest

from onroll.accounts.models import User
from onroll.cases import actions
from onroll.cases.models import Case
from onroll.rules import pathway
from tests.cases.world import AT, World
from tests.people import People

pytestmark = pytest.mark.django_db


def moved(case: Case, by: User, *moves: pathway.Move) -> Case:
    for move in moves:
        case = actions.move_case(case=case, move=move, why="So it is.", at=AT, by=by)
    return case


def test_a_child_not_traced_keeps_an_alert_and_a_review_to_come(
    world: World, people: People
) -> None:
    case = moved(world.case(world.child()), people.olive, pathway.START, pathway.GIVE_UP)
    assert case.is_open
    alert = case.alerts.get(kind="untraced", settled_at=None)
    assert "still unknown" in alert.words
    review = case.deadlines.get(clock="untraced_review")
    assert review.starts_on == AT.date() < review.due_on


def test_a_child_lost_again_is_nowhere_known(world: World, people: People) -> None:
    case = moved(world.case(world.child()), people.olive, pathway.LOCATE)
    assert case.is_whereabouts_known
    assert not moved(case, people.olive, pathway.LOSE).is_whereabouts_known
