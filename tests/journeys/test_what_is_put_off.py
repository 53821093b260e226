"""What an officer puts off to a later day leaves what is for today, and comes back on its day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from onroll.cases.models import Case
from onroll.clocks.models import Deadline
from onroll.rules.day import PLACES, Call
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.conftest import world
from tests.referrals.forms import day

__all__ = ["world"]
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY, WEEK = PLACES[Call.DUE_TODAY].because, PLACES[Call.DUE_THIS_WEEK].because


def test_a_clock_that_is_put_off_is_for_later_and_comes_back_on_its_day(
    world: World, people: People
) -> None:
    """P32: a local clock alone, with the reason; where the week has days left it is for later."""
    case, today = _due_today(world, people), timezone.localdate()
    olive = Visitor(people.olive).open("/today/").see("1 for today, 0 later", TODAY, case.ref)
    olive.follow(case.ref).follow("Move the day: First enquiries made")
    until = today + DAY
    olive.send("Move the day", why="", **day("due_on", until)).see("There is a problem")
    olive.send("Move the day", why="The school opens again then.", **day("due_on", until))
    olive.see("Day moved 1 time")

    olive.open("/today/")
    assert TODAY not in olive.text
    if today.weekday() < 6:  # on a Sunday the week is over, and it comes back with the next
        olive.see("0 for today, 1 later", WEEK, "(tomorrow)", case.ref)
    _let_it_be(until, today)
    olive.open("/today/").see("1 for today, 0 later", TODAY, "(today)").follow(case.ref)
    olive.follow("Mark as done: First enquiries made").send("Mark as done", why="Rang.")
    assert TODAY not in olive.open("/today/").text
    olive.open(f"/cases/{case.ref}/chronology/").see("The school opens again then.")


def _due_today(world: World, people: People) -> Case:
    """Return a case of Olive's with one clock, which is due today."""
    case = world.case(world.child(), owner=people.olive)
    clock = case.deadlines.get(clock="first_enquiries_5")
    case.deadlines.exclude(pk=clock.pk).delete()
    today = timezone.localdate()
    Deadline.objects.update(starts_on=today - 7 * DAY, due_on=today)
    return case


def _let_it_be(until: date, today: date) -> None:
    """Let the day come to which the clock was put off."""
    assert Deadline.objects.get().due_on == until
    Deadline.objects.update(due_on=today)
