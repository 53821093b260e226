"""What becomes known of a child's places reaches the open case at once (P42, P43)."""

from datetime import date, timedelta

import pytest

from onroll.cases import actions, tasks
from onroll.cases.models import AlertKind, Case
from onroll.cases.words import describe_alert
from onroll.children import actions as children
from onroll.children.models import Place, PlaceKind
from onroll.rules import pathway
from tests.cases.test_nightly import at
from tests.cases.world import AT, LEFT_ON, TODAY
from tests.proof import facts

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2027, 1, 5)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def told(case, on=TODAY):
    actions.update_whereabouts(child=case.child, on=on, at=AT)
    return fresh(case)


def waiting(case):
    return [describe_alert(alert) for alert in case.alerts.filter(settled_at=None)]


def test_a_place_that_holds_is_an_alert_and_the_case_is_found_but_stays_open(world):
    case = world.case()
    world.at_school(case.child, world.mill_lane, LEFT_ON + timedelta(3))
    case = told(case)
    assert (case.stage, case.is_open, case.is_whereabouts_known) == ("located", True, True)
    [words] = waiting(case)
    assert words.startswith("St Ann's School said on 18 November 2026 that the child is on the")
    assert "roll of Mill Lane School since 9 November 2026. Confirm that the child" in words
    assert len(waiting(told(case))) == 1


def test_a_place_that_lies_ahead_is_a_plan_with_a_clock_and_the_child_is_still_missing(world):
    case = world.case()
    world.at_school(case.child, world.mill_lane, FIRST_DAY)
    case = told(case)
    assert (case.stage, case.is_whereabouts_known) == ("reported", False)
    assert waiting(case) == []
    clock = case.deadlines.get(clock="place_begins")
    assert (clock.due_on, clock.met_on) == (FIRST_DAY, None)
    assert "is to start at Mill Lane School on 5 January 2027" in case.steps.first().why


def test_on_the_first_day_the_night_says_that_the_plan_has_come(world):
    case = world.case()
    world.at_school(case.child, world.mill_lane, FIRST_DAY)
    told(case)
    tasks.look_over(at(FIRST_DAY - timedelta(1)))
    assert fresh(case).stage == "reported"
    assert tasks.look_over(at(FIRST_DAY))["arrived"] == 1
    assert fresh(case).stage == "located"
    assert tasks.look_over(at(FIRST_DAY + timedelta(1)))["arrived"] == 0


def test_a_case_opened_while_a_place_is_planned_waits_for_it_from_the_start(world):
    """Confirmed on 30 October for 6 November, opened on 4 November: the place was forgotten."""
    child = world.child()
    world.at_school(child, world.mill_lane, FIRST_DAY)
    assert world.case(child).deadlines.filter(clock="place_begins", due_on=FIRST_DAY).exists()


def test_a_plan_that_is_dropped_is_waited_for_no_more(world):
    case = world.case()
    world.at_school(case.child, world.mill_lane, FIRST_DAY)
    told(case)
    Place.objects.filter(school=world.mill_lane).update(from_on=TODAY, to_on=TODAY - timedelta(0))
    Place.objects.filter(school=world.mill_lane).update(
        from_on=TODAY - timedelta(9), to_on=TODAY - timedelta(8)
    )
    assert not told(case).deadlines.running().filter(clock="place_begins").exists()


def test_an_alert_ends_with_its_cause(world, people):
    case = world.case()
    world.at_school(case.child, world.mill_lane, LEFT_ON + timedelta(3))
    told(case)
    children.end_place(
        child=case.child,
        school=world.mill_lane,
        left_on=LEFT_ON + timedelta(4),
        source=world.source,
    )
    assert waiting(told(case)) == []
    assert case.alerts.get().settled_by is None


def test_a_claim_that_nobody_confirmed_finds_nobody(world):
    case = world.case()
    for kind in (PlaceKind.HOME_EDUCATION, PlaceKind.NAMED, PlaceKind.OFFERED):
        children.start_place(
            child=case.child, kind=kind, from_on=TODAY, source=world.source, school=world.mill_lane
        )
    case = told(case)
    assert (case.stage, waiting(case)) == ("reported", [])


def test_an_old_place_on_a_roll_is_no_news_to_a_case_about_a_later_gap(world):
    child = world.child()
    world.at_school(child)
    case = told(world.case(child, reason="ceased_to_attend"))
    assert (case.stage, waiting(case)) == ("reported", [])


def test_nobody_has_looked_at_a_case_that_a_file_moved_on(world):
    """“Looked at by an officer” is met by an officer."""
    case = world.case()
    world.at_school(case.child, world.mill_lane, LEFT_ON + timedelta(3))
    case = told(case)
    assert case.deadlines.running().filter(clock="triage_1").exists()


def test_a_child_lost_again_has_no_alert_of_being_found(world, people):
    case = world.case(owner=people.olive)
    world.at_school(case.child, world.mill_lane, LEFT_ON + timedelta(3))
    case = told(case)
    actions.move_case(case=case, move=pathway.LOSE, why="Never came.", by=people.olive, at=AT)
    assert waiting(fresh(case)) == []


def test_closing_ends_what_waited_with_one_line_in_the_chronology(world, people):
    case = world.case(owner=people.olive)
    for row in range(5):
        actions.raise_alert(case=case, kind=AlertKind.LEAD, source=world.source, row=row, at=AT)
    before = case.steps.count()
    actions.close_case(
        case=case, outcome="on_roll", facts=facts(on=AT.date()), why="So.", by=people.olive, at=AT
    )
    assert case.steps.count() == before + 1
    assert waiting(case) == []
