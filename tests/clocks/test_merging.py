"""The clocks of two records that are joined, and parted again: none is lost, none runs twice."""

from datetime import timedelta

import pytest

from onroll.clocks import actions
from onroll.clocks.models import Deadline, Ended
from tests.cases.world import AT, TODAY, World
from tests.clocks.test_deadlines import start
from tests.duplicates.pairs import everything, merge, undo
from tests.people import People

pytestmark = pytest.mark.django_db


def test_a_clock_of_a_child_alone_follows_a_merge_and_its_undoing(
    world: World, people: People
) -> None:
    kept, merged = world.child(), world.child()
    clock, before = start(merged), everything()
    done = merge(kept, merged, people)
    clock.refresh_from_db()
    assert (clock.subject_id, clock.child, clock.is_running) == (kept.pk, kept, True)
    undo(done, people)
    assert everything() == before


def test_of_two_clocks_from_one_day_one_ends_and_runs_again_when_parted(
    world: World, people: People
) -> None:
    kept, merged = world.child(), world.child()
    first, second, before = start(kept), start(merged), everything()
    done = merge(kept, merged, people)
    assert Deadline.objects.running().get() == first
    second.refresh_from_db()
    assert (second.child, second.ended_on, second.ended_why) == (merged, TODAY, "merged")
    assert second.met_on is None
    undo(done, people)
    assert everything() == before


def test_a_clock_that_was_met_stays_with_the_merged_record_where_the_kept_has_it_too(
    world: World, people: People
) -> None:
    kept, merged = world.child(), world.child()
    start(kept)
    second = start(merged)
    actions.meet(clocks=Deadline.objects.of(merged), on=TODAY)
    merge(kept, merged, people)
    second.refresh_from_db()
    assert (second.child, second.met_on, second.ended_on) == (merged, TODAY, None)


def test_a_clock_that_begins_later_than_a_merge_ends_on_the_day_it_begins(
    world: World, people: People
) -> None:
    kept, merged = world.child(), world.child()
    begins = TODAY + timedelta(days=7)
    for child in (kept, merged):
        actions.start_on(of=child, clock="place_begins", starts_on=begins, due_on=begins)
    merge(kept, merged, people)
    assert Deadline.objects.of(merged).get().ended_on == begins


def test_what_was_done_since_a_merge_stays_done_when_records_are_parted(
    world: World, people: People
) -> None:
    kept, merged = world.child(), world.child()
    clock = start(merged)
    done = merge(kept, merged, people)
    actions.meet_one(deadline=clock, on=AT.date())
    undo(done, people)
    clock.refresh_from_db()
    assert (clock.child, clock.met_on) == (merged, TODAY)


def test_the_clocks_of_a_case_are_of_the_child_that_the_case_is_of(
    world: World, people: People
) -> None:
    kept, merged = world.child(), world.child()
    case = world.case(merged)
    every = case.deadlines.count()
    assert every > 0
    done = merge(kept, merged, people)
    assert case.deadlines.filter(child=kept).count() == every
    undo(done, people)
    assert case.deadlines.filter(child=merged).count() == every


def test_the_clocks_of_a_case_that_is_joined_end_as_merged_and_are_not_met(
    world: World, people: People
) -> None:
    kept, merged = world.child(), world.child()
    first = world.case(kept)
    later = world.case(merged, on=TODAY + timedelta(days=1))
    done = merge(kept, merged, people)
    assert set(later.deadlines.values_list("ended_why", "met_on")) == {(Ended.MERGED.value, None)}
    assert first.deadlines.running().exists()
    undo(done, people)
    assert later.deadlines.running().count() == later.deadlines.count()
