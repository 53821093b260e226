"""What school staff see of the register (access matrix, rows 5 and 6, `OM`)."""

from datetime import timedelta

import pytest

from onroll.audit.models import AccessEvent
from onroll.cases import actions
from onroll.children.facts import AddressFacts
from onroll.schools.actions import add_staff
from tests.cases.world import AT, today
from tests.proof import facts
from tests.reading import Page

pytestmark = pytest.mark.django_db
LIST = "/school/children/"
HOME = AddressFacts(lines=("12 Owlbarn Row",), postcode="HA1 1AA")


@pytest.fixture
def schools(world, people):
    add_staff(user=people.sam, school=world.st_anns, on=today())
    add_staff(user=people.tess, school=world.mill_lane, on=today())
    return world


def shown(answer):
    assert answer.status_code == 200
    return Page(answer.content)


def leaver(world, days, school=None, **about):
    child = world.child(**about)
    world.at_school(child, school)
    world.left(child, today() - timedelta(days), school)
    return child


def test_a_school_sees_its_own_pupils_who_are_looked_for_and_no_others(schools, people, as_):
    ours, theirs = leaver(schools, 30), leaver(schools, 30, schools.mill_lane)
    mine, other = schools.case(ours), schools.case(theirs, school=schools.mill_lane)
    page = shown(as_(people.sam).get(LIST))
    assert mine.ref in page.text
    assert other.ref not in page.source
    assert other.ref in shown(as_(people.tess).get(LIST)).text


def test_a_school_sees_a_leaver_for_twelve_months(schools, people, as_):
    recent = schools.case(leaver(schools, 364))
    old = schools.case(leaver(schools, 370, forename="Old"))
    page = shown(as_(people.sam).get(LIST))
    assert recent.ref in page.text
    assert old.ref not in page.source


def test_a_school_sees_a_pupil_still_on_its_roll(schools, people, as_):
    child = schools.child()
    schools.at_school(child)
    case = schools.case(child, reason="no_answer")
    page = shown(as_(people.sam).get(LIST))
    assert case.ref in page.text
    assert "On your roll" in page.text


def test_a_school_sees_initials_and_nothing_more(schools, people, as_):
    """No name, no reason, no address, no note, no owner."""
    child = leaver(schools, 30, forename="Amina", surname="Okonkwo", addresses=[HOME])
    case = schools.case(child, owner=people.olive)
    actions.add_note(case=case, text="Vexillology", by=people.olive, at=AT)
    page = shown(as_(people.sam).get(LIST))
    assert "A. O." in page.text
    for hidden in ("Okonkwo", "Owlbarn", "Vexillology", "Olive", "destination not known", "2015"):
        assert hidden not in page.source


def test_a_child_hidden_for_safety_is_not_on_a_school_s_list(schools, people, as_):
    case = schools.case(leaver(schools, 30, is_protected=True))
    assert case.ref not in shown(as_(people.sam).get(LIST)).source


def test_a_closed_case_is_not_on_the_list(schools, people, as_):
    case = schools.case(leaver(schools, 30))
    actions.close_case(
        case=case,
        outcome="attendance",
        facts=facts("attendance", on=AT.date()),
        why="Seen",
        by=people.max,
        at=AT,
    )
    page = shown(as_(people.sam).get(LIST))
    assert "Nobody is on this list" in page.text


def test_what_a_school_saw_is_written_down(schools, people, as_):
    case = schools.case(leaver(schools, 30))
    as_(people.sam).get(LIST)
    event = AccessEvent.objects.latest("id")
    assert (event.page, event.ground) == ("school: children", "own_school")
    assert event.child_ids == [case.child_id]


def test_officers_do_not_use_the_school_s_door(schools, people, as_):
    assert as_(people.olive).get(LIST).status_code == 403


def test_staff_of_no_school_see_nobody(world, people, as_):
    world.case(leaver(world, 30))
    assert "Nobody is on this list" in shown(as_(people.sam).get(LIST)).text
