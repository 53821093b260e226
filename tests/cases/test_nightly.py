"""What the night finds: clocks that ran out, children over age, children nobody has (P01, P04)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from onroll.audit.models import ChangeEvent
from onroll.cases import actions, queries, tasks
from onroll.cases.models import Case, CaseReason
from onroll.cases.words import describe_alert, describe_leaving
from onroll.children import actions as children
from onroll.children.models import Place, PlaceKind
from onroll.clocks.tasks import raise_all
from onroll.rules.calendar import SchoolCalendar
from onroll.schools.queries import calendar_for
from tests.cases.world import AT, LEFT_ON, TODAY
from tests.proof import facts

pytestmark = pytest.mark.django_db
# Eleven school days after 6 November 2026: one more than the policy waits.
LATE = date(2026, 11, 23)


def at(day):
    return datetime.combine(day, time(4, 0), tzinfo=UTC)


def look(day=LATE):
    raise_all(at(day))
    return tasks.look_over(at(day))


def leaver(world, **about):
    child = world.child(**about)
    world.at_school(child)
    world.left(child)
    return child


def named(world, child, from_on=LEFT_ON + timedelta(1), **more):
    children.start_place(
        child=child,
        kind=PlaceKind.NAMED,
        from_on=from_on,
        source=world.source,
        school=world.mill_lane,
        **more,
    )


def test_a_named_school_that_never_confirms_opens_a_case_when_the_wait_is_over(world):
    """P04: nobody relies on the school before having been right."""
    child = leaver(world)
    named(world, child)
    assert look(date(2026, 11, 20))["nowhere_known"] == 0  # ten school days: still waiting
    assert look(LATE)["nowhere_known"] == 1
    case = Case.objects.get(child=child)
    assert (case.reason, case.missing_since_on) == ("never_arrived", date(2026, 11, 7))
    assert case.school == world.st_anns
    reason = case.reasons.get()
    assert describe_leaving(reason.left_place) == "Left St Ann's School on 6 November 2026."
    assert case.deadlines.exists()


def test_a_missed_phase_transfer_is_found_once_school_has_run_for_the_wait(world):
    """P04, Y6 to Y7: the summer holiday is no time to arrive in."""
    child = world.child(born=date(2015, 3, 4))
    world.at_school(child)
    world.left(child, date(2026, 7, 17))
    named_from = date(2026, 9, 1)
    children.start_place(
        child=child,
        kind=PlaceKind.OFFERED,
        from_on=named_from,
        source=world.source,
        school=world.mill_lane,
    )
    calendar = calendar_for(None)
    assert calendar.between(date(2026, 7, 17), date(2026, 8, 31)) <= 3
    assert look(date(2026, 9, 4))["nowhere_known"] == 0
    assert look(date(2026, 9, 21))["nowhere_known"] == 1
    assert Case.objects.get().reason == "never_arrived"


def test_a_leaver_whom_nobody_mentioned_again_is_on_no_list(world):
    """P05: the net under everything else."""
    child = leaver(world)
    look()
    assert Case.objects.get(child=child).reason == "on_no_list"


def test_a_child_who_arrived_is_left_alone(world):
    child = leaver(world)
    named(world, child)
    world.at_school(child, world.mill_lane, date(2026, 11, 10))
    assert look()["nowhere_known"] == 0


def test_a_later_spell_elsewhere_is_the_one_that_counts(world):
    """The last place left decides how long the child has been nowhere."""
    child = leaver(world)
    world.at_school(child, world.mill_lane, date(2026, 11, 9))
    world.left(child, date(2026, 11, 20), world.mill_lane)
    assert look()["nowhere_known"] == 0
    look(date(2026, 12, 14))
    case = Case.objects.get(child=child)
    assert (case.school, case.missing_since_on) == (world.mill_lane, date(2026, 11, 21))


def test_home_education_that_ended_leaves_a_child_nowhere_too(world):
    """P01: any education that ends may leave a child without one."""
    child = world.child()
    place = children.start_place(
        child=child, kind=PlaceKind.HOME_EDUCATION, from_on=date(2025, 9, 1), source=world.source
    )
    assert look()["nowhere_known"] == 0
    Place.objects.filter(pk=place.pk).update(to_on=LEFT_ON)
    assert look()["nowhere_known"] == 1
    assert describe_leaving(CaseReason.objects.get().left_place).startswith("Left home education")


def test_two_schools_left_on_one_day_are_one_child_in_one_case(world):
    child = leaver(world)
    world.at_school(child, world.mill_lane)
    world.left(child, LEFT_ON, world.mill_lane)
    assert look()["nowhere_known"] == 1
    assert CaseReason.objects.count() == 1


def test_a_move_abroad_counts_only_when_confirmed(world):
    """P14: said to be abroad is not known to be abroad."""
    said, known = leaver(world, forename="Said"), leaver(world, forename="Known")
    for child, is_confirmed in ((said, False), (known, True)):
        children.start_place(
            child=child,
            kind=PlaceKind.ABROAD,
            from_on=LEFT_ON + timedelta(1),
            source=world.source,
            provision="Spain",
            is_confirmed=is_confirmed,
        )
    look()
    assert [case.child for case in Case.objects.all()] == [said]


@pytest.mark.parametrize(
    "born",
    [date(2022, 2, 2), date(2010, 8, 31)],
    ids=["too young", "over age"],
)
def test_a_child_not_of_compulsory_school_age_is_left_out(world, born):
    leaver(world, born=born)
    assert look()["nowhere_known"] == 0


@pytest.mark.parametrize("born", [date(2021, 8, 31), date(2010, 9, 1), None])
def test_the_youngest_and_oldest_of_school_age_and_those_of_unknown_age_are_found(world, born):
    """EA96 s.8: the edges on either side; who may be of age is not left out."""
    leaver(world, born=born)
    assert look()["nowhere_known"] == 1


def test_a_child_who_died_is_left_out(world):
    child = leaver(world)
    children.record_death(child=child, on=LEFT_ON)
    assert look()["nowhere_known"] == 0


def test_a_child_with_an_open_case_gets_no_second_one(world):
    world.case(leaver(world))
    assert look()["nowhere_known"] == 0
    assert Case.objects.count() == 1


def test_a_case_closed_with_a_place_that_holds_stays_closed(world, people):
    case = world.case(leaver(world))
    actions.close_case(
        case=case, outcome="on_roll", facts=facts(on=AT.date()), why="Seen", by=people.max, at=AT
    )
    for later in (LATE, LATE + timedelta(365)):
        assert look(later)["nowhere_known"] == 0


def test_a_case_whose_proof_holds_no_longer_is_opened_again_the_next_night(world, people):
    """Whatever was closed before: no place is known, so the child is on the register."""
    case = world.case(leaver(world), owner=people.olive)
    actions.close_case(
        case=case, outcome="on_roll", facts=facts(on=AT.date()), why="Seen", by=people.max, at=AT
    )
    Place.objects.filter(pk=case.closings.get().place_id).update(to_on=AT.date())
    assert look(TODAY + timedelta(1))["nowhere_known"] == 1
    case.refresh_from_db()
    assert (case.is_open, case.stage, case.owner) == (True, "enquiries", people.olive)
    assert "holds no longer" in describe_alert(case.alerts.get(settled_at=None))
    assert case.closings.get().undone_at is not None
    assert look(TODAY + timedelta(2))["nowhere_known"] == 0


def test_a_closing_of_old_that_kept_no_facts_is_opened_again(world):
    """Three ticks and a sentence proved nothing."""
    case = world.case(leaver(world))
    Case.objects.filter(pk=case.pk).update(
        stage="closed", outcome="on_roll", is_outcome_proved=True, closed_on=TODAY
    )
    assert look()["nowhere_known"] == 1
    case.refresh_from_db()
    assert case.is_open


def test_a_child_who_never_had_a_place_is_not_lost_by_a_closing(world, people):
    case = world.case(world.child())
    Case.objects.filter(pk=case.pk).update(
        stage="closed", outcome="on_roll", is_outcome_proved=True, closed_on=TODAY
    )
    assert [child.pk for child in queries.nowhere_known(on=LATE)] == [case.child_id]


def test_a_case_closed_before_the_child_left_again_does_not_hide_the_child(world, people):
    child = world.child()
    world.at_school(child)
    case = world.case(child, since=date(2026, 10, 1), on=date(2026, 10, 2))
    actions.close_case(
        case=case,
        outcome="on_roll",
        facts=facts(on=date(2026, 10, 5), school=world.st_anns),
        why="Seen",
        by=people.max,
        at=datetime(2026, 10, 5, 9, tzinfo=UTC),
    )
    world.left(child)
    assert look()["nowhere_known"] == 1


def test_the_night_can_be_repeated(world):
    leaver(world)
    look()
    assert raise_all(at(LATE)) == {
        "case": 1,
        "casereview": 1,
        "enquiry": 0,
    }  # the reviews of the case that the night opened
    assert raise_all(at(LATE)) == {"case": 0, "casereview": 0, "enquiry": 0}
    assert look() == {"sealed": 0, "arrived": 0, "over_age": 0, "nowhere_known": 0}


def test_what_the_night_does_is_on_the_audit_trail_under_its_name(world):
    leaver(world)
    look()
    event = ChangeEvent.objects.filter(table_name="cases_case", verb="insert").latest("id")
    assert event.actor == "worker:cases"


def test_a_clock_that_ran_out_is_late_by_itself_and_no_alert_repeats_it(world):
    """P32: due today is not yet late."""
    case = world.case(on=TODAY)
    for day in (date(2026, 11, 19), date(2026, 11, 20), date(2027, 1, 29)):
        look(day)
    assert not case.alerts.exists()
    calendar = calendar_for(None)
    late = {
        day: [
            c.title
            for c in queries.clocks_of(queries.deadlines_of(case), on=day, calendar=calendar)
            if c.meaning == "late"
        ]
        for day in (date(2026, 11, 19), date(2026, 11, 20))
    }
    assert late == {date(2026, 11, 19): [], date(2026, 11, 20): ["Looked at by an officer"]}


def test_a_child_who_grew_out_of_school_age_is_raised_once_and_never_closed_silently(world):
    """EA96 s.8(3): the school leaving date of 2026 was 26 June."""
    case = world.case(world.child(born=date(2010, 8, 31)), on=date(2026, 6, 1))
    assert look(date(2026, 6, 26))["over_age"] == 0
    assert look(date(2026, 6, 27))["over_age"] == 1
    assert look(date(2026, 6, 28))["over_age"] == 0
    case.refresh_from_db()
    assert case.is_open
    assert "26 June 2026" in describe_alert(case.alerts.get(kind="over_age"))


def test_the_wait_of_a_named_school_counts_school_days_not_days(world):
    """Regs 2024 count school days; half-term is none."""
    child = world.child()
    world.at_school(child)
    world.left(child, date(2026, 10, 16))
    named(world, child)
    calendar: SchoolCalendar = calendar_for(None)
    assert calendar.between(date(2026, 10, 16), date(2026, 11, 6)) == 10
    assert look(date(2026, 11, 6))["nowhere_known"] == 0
    assert look(date(2026, 11, 9))["nowhere_known"] == 1


def test_finding_whom_nobody_has_takes_one_query(world, django_assert_num_queries):
    for n in range(5):
        leaver(world, forename=f"Child{n}")
    with django_assert_num_queries(1):
        found = list(queries.nowhere_known(on=LATE))
        assert len({child.forename for child in found}) == 5


def test_a_place_named_for_a_later_day_is_not_called_unknown(world):
    """P04: a school was named; the child is still missing until someone there has them."""
    child = leaver(world)
    named(world, child, from_on=date(2026, 12, 7))
    look()
    case = Case.objects.get()
    assert case.reason == "never_arrived"
