"""One clock of any subject: when it runs, when it is met, when it ends, and what can never be."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.models import Child, PlaceKind
from onroll.clocks import actions
from onroll.clocks.models import ENDED_WORDS, Deadline, DeadlineChange, Ended, Subject
from onroll.rules.policy_file import HARROW
from onroll.rules.refusal import Refused
from onroll.schools.queries import calendar_for
from tests.cases.world import AT, TODAY, World
from tests.people import People

pytestmark = pytest.mark.django_db
CLOCK = "no_contact_10"
DAY = timedelta(days=1)


def start(of: Case | Child, clock: str = CLOCK) -> Deadline:
    """Start a clock today and return it."""
    actions.start(of=of, from_days={clock: TODAY}, calendar=calendar_for(None), policy=HARROW)
    return Deadline.objects.of(of).get(clock=clock)


@pytest.fixture
def clock(world: World) -> Deadline:
    return start(world.child())


# What it runs on


def test_a_clock_of_a_child_and_one_of_a_case_are_both_about_the_child(world: World) -> None:
    child = world.child()
    case = world.case(child)
    of_child, of_case = start(child), start(case)
    assert (of_child.subject, of_child.subject_id) == ("child", child.pk)
    assert (of_case.subject, of_case.subject_id) == ("case", case.pk)
    assert of_child.child == of_case.child == child


def test_a_case_and_a_child_of_one_number_do_not_share_clocks(world: World) -> None:
    case = world.case(world.child())
    Deadline.objects.filter(subject="case").delete()
    start(case)
    Deadline.objects.update(subject_id=case.child_id)
    assert not Deadline.objects.of(case.child).exists()
    assert Deadline.objects.of_each(Subject.CASE, case.child_id).count() == 1


def test_nothing_that_is_no_subject_has_a_clock(world: World) -> None:
    with pytest.raises(ValueError, match="school"):
        start(world.st_anns)
    assert not Deadline.objects.exists()


def test_the_due_day_is_that_of_the_rule_in_the_calendar(clock: Deadline) -> None:
    """Ten school days after Wednesday 18 November 2026 are Wednesday 2 December."""
    assert clock.due_on == TODAY + timedelta(days=14)


# What the database refuses


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"due_on": TODAY - DAY}, "clock_is_due_after_it_starts"),
        (
            {"met_on": TODAY, "ended_on": TODAY, "ended_why": "merged"},
            "clock_is_met_or_ended_and_not_both",
        ),
        ({"ended_on": TODAY}, "clock_that_ended_says_why"),
        ({"ended_why": "merged"}, "clock_that_ended_says_why"),
        ({"met_on": TODAY, "ended_why": "merged"}, "clock_that_ended_says_why"),
    ],
)
def test_the_database_refuses_a_clock(clock: Deadline, columns: dict, name: str) -> None:
    with pytest.raises(IntegrityError, match=name):
        Deadline.objects.filter(pk=clock.pk).update(**columns)


@pytest.mark.parametrize(
    "columns",
    [
        {"due_on": TODAY},
        {"met_on": TODAY},
        {"ended_on": TODAY, "ended_why": "merged"},
    ],
)
def test_the_database_takes_a_clock(clock: Deadline, columns: dict) -> None:
    assert Deadline.objects.filter(pk=clock.pk).update(**columns) == 1


def test_a_clock_runs_once_from_a_day(clock: Deadline) -> None:
    about = {"subject": clock.subject, "subject_id": clock.subject_id, "clock": clock.clock}
    days = {"starts_on": clock.starts_on, "due_on": clock.due_on}
    with pytest.raises(IntegrityError, match="clock_runs_once_from_a_day"):
        Deadline.objects.create(**about, **days)


def test_a_child_who_has_a_clock_is_not_deleted(clock: Deadline) -> None:
    with pytest.raises(IntegrityError):
        clock.child.delete()


# Started, met, ended


def test_a_clock_that_runs_from_a_day_stays_as_it_is_when_started_again(world: World) -> None:
    child = world.child()
    first = start(child)
    Deadline.objects.filter(pk=first.pk).update(due_on=first.due_on + DAY)
    assert start(child) == first
    assert Deadline.objects.get().due_on == first.due_on + DAY


def test_a_clock_that_was_met_is_not_ended_too(clock: Deadline) -> None:
    mine = Deadline.objects.filter(pk=clock.pk)
    assert actions.meet(clocks=mine, on=TODAY) == 1
    assert actions.end(clocks=mine, on=TODAY + DAY, why=Ended.NOT_ASKED) == 0
    clock.refresh_from_db()
    assert (clock.met_on, clock.ended_on, clock.ended_why) == (TODAY, None, "")


def test_a_clock_that_ended_is_not_met_too(clock: Deadline) -> None:
    mine = Deadline.objects.filter(pk=clock.pk)
    assert actions.end(clocks=mine, on=TODAY, why=Ended.NOT_ASKED) == 1
    assert actions.meet(clocks=mine, on=TODAY + DAY) == 0
    with pytest.raises(Refused, match="This clock ended on 18 November 2026"):
        actions.meet_one(deadline=clock, on=TODAY + DAY)
    clock.refresh_from_db()
    assert (clock.met_on, clock.ended_on, clock.ended_why) == (None, TODAY, "not_asked")
    assert not mine.running().exists()


@pytest.mark.parametrize("why", list(Ended))
def test_only_a_clock_that_ended_for_a_reason_runs_on(clock: Deadline, why: Ended) -> None:
    mine = Deadline.objects.filter(pk=clock.pk)
    actions.end(clocks=mine, on=TODAY, why=why)
    assert actions.run_on(clocks=mine, ended=set(Ended) - {why}) == 0
    assert actions.run_on(clocks=mine, ended=[why]) == 1
    assert mine.running().exists()


def test_a_clock_that_was_met_does_not_run_on(clock: Deadline) -> None:
    mine = Deadline.objects.filter(pk=clock.pk)
    actions.meet(clocks=mine, on=TODAY)
    assert actions.run_on(clocks=mine, ended=Ended) == 0
    assert not mine.running().exists()


def test_what_is_asked_again_runs_whether_it_was_met_or_ended(clock: Deadline) -> None:
    mine = Deadline.objects.filter(pk=clock.pk)
    actions.meet(clocks=mine, on=TODAY)
    assert actions.run_again(deadline=mine.get()).is_running
    actions.end(clocks=mine, on=TODAY, why=Ended.PLACE_OVER)
    actions.run_again(deadline=mine.get())
    assert mine.running().exists()


def test_each_reason_has_words() -> None:
    assert set(ENDED_WORDS) == set(Ended)


def test_the_clock_of_a_plan_goes_with_its_place(world: World) -> None:
    child = world.child()
    place = children.start_place(
        child=child,
        kind=PlaceKind.NAMED,
        from_on=TODAY,
        source=world.source,
        school=world.mill_lane,
    )
    days = {"starts_on": TODAY, "due_on": TODAY}
    first, is_new = actions.start_on(of=child, clock="place_begins", place=place, **days)
    assert is_new
    assert first.place == place
    assert actions.start_on(of=child, clock="place_begins", place=place, **days) == (first, False)


# Moved


def test_a_clock_of_a_child_alone_is_moved_with_a_trace(clock: Deadline, people: People) -> None:
    """P32: the day, by whom and why."""
    was_on, now_on = clock.due_on, clock.due_on + DAY
    actions.move(deadline=clock, due_on=now_on, why="The school is shut.", by=people.max, at=AT)
    trace = DeadlineChange.objects.get()
    assert (trace.deadline, trace.by, trace.why) == (clock, people.max, "The school is shut.")
    assert (trace.was_on, trace.now_on) == (was_on, now_on)
    assert Deadline.objects.get().due_on == now_on


def test_a_clock_that_stopped_is_not_moved(clock: Deadline, people: People) -> None:
    actions.end(clocks=Deadline.objects.all(), on=TODAY, why=Ended.NOT_ASKED)
    with pytest.raises(Refused, match="not saved"):
        actions.move(deadline=clock, due_on=clock.due_on + DAY, why="So.", by=people.max, at=AT)
    assert not DeadlineChange.objects.exists()


def test_a_clock_of_the_law_is_not_moved_whatever_it_runs_on(world: World, people: People) -> None:
    clock = start(world.child(), "absence_20")
    with pytest.raises(Refused, match="set by law"):
        actions.move(deadline=clock, due_on=clock.due_on + DAY, why="So.", by=people.max, at=AT)


def test_a_clock_counted_from_its_true_day_leaves_a_trace(clock: Deadline, people: People) -> None:
    new = {"starts_on": TODAY - DAY, "due_on": clock.due_on - DAY}
    for _ in range(2):  # the second changes nothing
        actions.correct_start(
            clocks=Deadline.objects.all(), **new, why="The parent wrote.", by=people.max, at=AT
        )
    assert Deadline.objects.filter(**new).count() == Deadline.objects.count() == 1
    assert DeadlineChange.objects.get().was_on == clock.due_on
