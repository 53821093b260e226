"""A promise of a later look is a clock, and the look starts the next one (P30, P43, P53)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from onroll.cases import actions, tasks
from onroll.cases.models import Case
from onroll.clocks.models import Deadline
from onroll.clocks.tasks import raise_all
from onroll.rules import pathway
from tests.cases.test_nightly import at, leaver
from tests.cases.world import AT, BORN
from tests.proof import facts
from tests.reading import Page

pytestmark = pytest.mark.django_db
WHY = "Rang the grandmother: they are still in Madrid."


def fresh(case):
    return Case.objects.get(pk=case.pk)


def looks(case, clock):
    return list(case.deadlines.filter(clock=clock).values_list("starts_on", "due_on", "met_on"))


@pytest.fixture
def believed(world, people):
    return actions.close_case(
        case=world.case(leaver(world), owner=people.olive),
        outcome="abroad_believed",
        facts=facts("abroad_believed", on=AT.date()),
        why="A ticket was seen.",
        by=people.max,
        at=AT,
    )


def night(day):
    return {**raise_all(at(day)), **tasks.look_over(at(day))}


def running(case):
    return case.deadlines.running().get()


def test_a_case_closed_as_believed_is_asked_about_again(believed):
    clock = running(believed)
    assert clock.clock == "believed_review"
    assert clock.due_on == AT.date() + timedelta(weeks=12)
    assert night(clock.due_on + timedelta(30))["nowhere_known"] == 0


def test_a_look_that_is_still_so_starts_the_next_for_as_long_as_it_takes(believed, people, as_):
    client = as_(people.olive)
    for times in (3, 2, 1):
        clock = running(believed)
        weeks = timedelta(weeks=12 * times)
        Deadline.objects.filter(pk=clock.pk).update(
            starts_on=clock.starts_on - weeks, due_on=clock.due_on - weeks
        )
        page = reverse("cases:review", args=[believed.ref, clock.pk])
        asked = Page(client.get(page).content).text
        assert "Is the child still believed to be abroad?" in asked
        answer = client.post(page, {"is_still_so": "yes", "why": WHY, "version": believed.version})
        assert answer["Location"] == f"/cases/{believed.ref}/"
        clock.refresh_from_db()
        assert clock.met_on is not None
        assert running(believed).pk != clock.pk
    assert fresh(believed).steps.filter(why=WHY).count() == 3
    assert not fresh(believed).is_open


def test_a_look_that_is_no_longer_so_opens_the_case(believed, people, as_):
    page = reverse("cases:review", args=[believed.ref, running(believed).pk])
    sent = {"is_still_so": "no", "why": "Seen in Wealdstone.", "version": believed.version}
    as_(people.olive).post(page, sent)
    case = fresh(believed)
    assert case.is_open
    assert not case.deadlines.running().filter(clock="believed_review").exists()


def test_a_clock_that_asks_leads_to_its_own_page(believed, people, as_):
    client, clock = as_(people.olive), running(believed)
    shown = Page(client.get(reverse("casefile:case", args=[believed.ref])).content)
    page = reverse("cases:review", args=[believed.ref, clock.pk])
    assert page in shown.addresses
    answer = client.get(reverse("cases:meet_clock", args=[believed.ref, clock.pk]))
    assert answer["Location"] == page


def test_looks_end_when_the_child_is_over_age(believed):
    over = date(2031, 7, 1)
    assert night(over)["case"] == 1
    assert not believed.deadlines.running().exists()
    assert night(over + timedelta(1))["case"] == 0
    assert BORN.year + 16 == over.year


def test_a_promise_without_a_clock_gets_one_by_night(believed):
    """Cases closed before the clock was there."""
    believed.deadlines.all().delete()
    assert night(date(2026, 11, 19))["case"] == 1
    assert running(believed).clock == "believed_review"


def test_an_untraced_child_is_looked_for_again_and_again(world, people):
    case = world.case(owner=people.olive)
    for move in (pathway.START, pathway.GIVE_UP):
        case = actions.move_case(case=case, move=move, why="So.", at=AT, by=people.olive)
    first = case.deadlines.running().get(clock="untraced_review")
    later = AT + timedelta(weeks=6)
    actions.answer_review(deadline=first, is_still_so=True, why=WHY, by=people.olive, at=later)
    second = case.deadlines.running().get(clock="untraced_review")
    assert second.starts_on == later.date() < second.due_on
    last = later + timedelta(weeks=6)
    actions.answer_review(deadline=second, is_still_so=False, why=WHY, by=people.olive, at=last)
    case = fresh(case)
    assert (case.stage, case.alerts.filter(settled_at=None).count()) == ("enquiries", 0)
    assert not case.deadlines.running().filter(clock="untraced_review").exists()


def test_a_child_on_a_roll_is_asked_about_once_more(world, people):
    case = actions.close_case(
        case=world.case(owner=people.olive),
        outcome="on_roll",
        facts=facts(on=AT.date(), school=world.mill_lane),
        why="Seen.",
        by=people.olive,
        at=AT,
    )
    clock = running(case)
    assert (clock.clock, clock.due_on) == ("still_there", AT.date() + timedelta(weeks=6))
    actions.answer_review(deadline=clock, is_still_so=True, why=WHY, by=people.olive, at=AT)
    assert not case.deadlines.running().exists()
    assert not fresh(case).is_open


def test_a_new_case_takes_over_what_a_closed_one_was_to_look_at(world, people, believed):
    world.case(believed.child)
    assert not believed.deadlines.running().exists()


def test_a_place_that_began_long_ago_is_not_asked_about_too_late(world, people):
    """A look that is late on the day it is set tells nobody anything."""
    case = world.case(world.child(), since=date(2026, 9, 30), owner=people.olive)
    day = date(2026, 9, 7)
    stated = facts(on=AT.date(), school=world.mill_lane, starts_on=day, attended_on=day)
    case = actions.close_case(
        case=case, outcome="on_roll", facts=stated, why="Rang", by=people.olive, at=AT
    )
    clock = case.deadlines.running().get(clock="still_there")
    assert clock.starts_on == AT.date()
    assert clock.due_on > AT.date()
