"""The night's work on clocks: each feature is asked once, and a second night changes nothing."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils.module_loading import import_string

from onroll.audit.models import ChangeEvent
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.clocks.models import Deadline, Subject
from onroll.clocks.tasks import raise_all
from onroll.rules import pathway
from tests.cases.world import AT, TODAY, World
from tests.people import People
from tests.proof import facts

NIGHT = datetime.combine(TODAY + timedelta(days=1), time(3, 30), tzinfo=UTC)


def named() -> list[tuple[str, str]]:
    """Return each subject for whose clocks a feature does the night's work, and its action."""
    return [
        pair for config in apps.get_app_configs() for pair in getattr(config, "clocks", {}).items()
    ]


def test_each_subject_is_named_by_one_feature_with_an_action_there_is() -> None:
    subjects = [subject for subject, _ in named()]
    assert len(subjects) == len(set(subjects)) > 0
    assert set(subjects) <= {subject.value for subject in Subject}
    for subject, path in named():
        assert path.startswith("onroll."), subject
        assert callable(import_string(path)), path


def every_clock() -> list[dict[str, Any]]:
    return list(Deadline.objects.order_by("pk").values())


@pytest.fixture
def promises(world: World, people: People) -> list[Case]:
    """Give a case closed as believed and one not traced, whose looks were never started."""
    believed = cases.close_case(
        case=world.case(owner=people.olive),
        outcome="abroad_believed",
        facts=facts("abroad_believed", on=TODAY),
        why="A ticket was seen.",
        by=people.max,
        at=AT,
    )
    untraced = world.case(world.child("Lena"), owner=people.olive)
    for move in (pathway.START, pathway.GIVE_UP):
        untraced = cases.move_case(case=untraced, move=move, why="So.", at=AT, by=people.olive)
    Deadline.objects.filter(clock__in=("believed_review", "untraced_review")).delete()
    return [believed, untraced]


def test_the_night_starts_each_clock_that_is_lacking_once(promises: list[Case]) -> None:
    before = ChangeEvent.objects.count()
    assert raise_all(NIGHT) == {"case": 3, "casereview": 1, "enquiry": 0}
    running = [case.deadlines.running().filter(clock__endswith="_review") for case in promises]
    assert [{clock.clock for clock in clocks} for clocks in running] == [
        {"believed_review"},
        {"untraced_review", "risk_review"},
    ]
    written = ChangeEvent.objects.order_by("pk")[before:]
    assert {(event.actor, event.table_name) for event in written} >= {
        ("worker:clocks", "clocks_deadline")
    }


def test_a_second_night_changes_nothing(promises: list[Case]) -> None:
    raise_all(NIGHT)
    clocks = every_clock()
    steps = [case.steps.count() for case in promises]
    for later in (NIGHT, NIGHT + timedelta(days=1)):
        assert raise_all(later) == {"case": 0, "casereview": 0, "enquiry": 0}
        assert every_clock() == clocks
    assert [case.steps.count() for case in promises] == steps


def test_a_clock_that_is_no_longer_asked_ends_and_is_not_met(promises: list[Case]) -> None:
    """Over compulsory school age: nobody looks for the child any more (EA96 s.8)."""
    raise_all(NIGHT)
    believed, _ = promises
    over = datetime(2031, 7, 1, 3, 30, tzinfo=UTC)
    assert raise_all(over)["case"] == 1
    clock = believed.deadlines.get(clock="believed_review")
    assert (clock.met_on, clock.ended_on, clock.ended_why) == (None, over.date(), "not_asked")
    assert raise_all(over + timedelta(days=1))["case"] == 0
