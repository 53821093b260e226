"""A case is not dropped: not traced, closed or opened again, nothing on it is lost (P30, P53)."""

import pytest

from onroll.accounts.models import User
from onroll.cases import actions
from onroll.cases.models import AlertKind, Case
from onroll.cases.words import describe_alert
from onroll.rules import pathway
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts

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
    assert "still not known" in describe_alert(alert)
    review = case.deadlines.get(clock="untraced_review")
    assert review.starts_on == AT.date() < review.due_on


def test_a_child_lost_again_is_nowhere_known(world: World, people: People) -> None:
    case = moved(world.case(world.child()), people.olive, pathway.LOCATE)
    assert case.is_whereabouts_known
    assert not moved(case, people.olive, pathway.LOSE).is_whereabouts_known


def test_closing_settles_what_waited_and_reopening_starts_the_clocks_again(
    world: World, people: People
) -> None:
    case = world.case(world.child(), owner=people.olive)
    actions.raise_alert(case=case, kind=AlertKind.LEAD, at=AT)
    closed = actions.close_case(
        case=case,
        outcome="on_roll",
        facts=facts(on=AT.date()),
        why="The new school has the child.",
        by=people.olive,
        at=AT,
    )
    assert not closed.alerts.filter(settled_at=None).exists()
    assert [clock.clock for clock in closed.deadlines.running()] == ["still_there"]
    again = actions.reopen_case(case=closed, why="It was another child.", by=people.olive, at=AT)
    running = set(again.deadlines.running().values_list("clock", flat=True))
    assert (
        running == set(again.deadlines.values_list("clock", flat=True)) - {"still_there"} != set()
    )


def test_who_says_on_the_page_that_a_child_is_not_traced_leaves_an_alert_on_the_case(
    world: World, people: People
) -> None:
    """P53: the destination is still unknown after the enquiries."""
    case = world.case(world.child(), owner=people.olive)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    olive.follow("Start enquiries").send("Start enquiries", why="Nobody at home.")
    olive.follow("Not traced").send("Not traced", why="Asked everybody.")
    olive.open(f"/cases/{case.ref}/")
    olive.see("Not traced, under review", "The destination is still not known after the enquiries.")
    olive.open("/cases/?alerts=yes").see("1 case", "Sam Example")
