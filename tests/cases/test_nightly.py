"""What the night finds: clocks that ran out, children over age, children nobody has (P01, P04)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from onroll.audit.models import ChangeEvent
from onroll.cases import actions, queries, tasks
from onroll.cases.models import Case, CaseReason, Deadline
from onroll.children import actions as children
from onroll.children.models import Place, PlaceKind
from onroll.rules.calendar import SchoolCalendar
from onroll.schools.queries import calendar_for
from tests.cases.world import AT, LEFT_ON, TODAY

pytestmark = pytest.mark.django_db
# Eleven school days after 6 November 2026: one more than the policy waits.
LATE = date(2026, 11, 23)
PROOFS = ("school_named", "roll_confirmed", "attendance_seen")


def at(day):
    return datetime.combine(day, time(4, 0), tzinfo=UTC)


def look(day=LATE):
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
    assert look(date(2026, 11, 20))["never_arrived"] == 0  # ten school days: still waiting
    assert look(LATE)["never_arrived"] == 1
    case = Case.objects.get(child=child)
    assert (case.reason, case.missing_since_on) == ("never_arrived", date(2026, 11, 7))
    assert case.school == world.st_anns
    assert "11 school days ago" in case.reasons.get().because
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
    assert look(date(2026, 9, 4))["never_arrived"] == 0
    assert look(date(2026, 9, 21))["never_arrived"] == 1
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
    assert look()["never_arrived"] == 0


def test_a_later_spell_elsewhere_is_the_one_that_counts(world):
    """The last place left decides how long the child has been nowhere."""
    child = leaver(world)
    world.at_school(child, world.mill_lane, date(2026, 11, 9))
    world.left(child, date(2026, 11, 20), world.mill_lane)
    assert look()["never_arrived"] == 0
    look(date(2026, 12, 14))
    case = Case.objects.get(child=child)
    assert (case.school, case.missing_since_on) == (world.mill_lane, date(2026, 11, 21))


def test_home_education_that_ended_leaves_a_child_nowhere_too(world):
    """P01: any education that ends may leave a child without one."""
    child = world.child()
    place = children.start_place(
        child=child, kind=PlaceKind.HOME_EDUCATION, from_on=date(2025, 9, 1), source=world.source
    )
    assert look()["never_arrived"] == 0
    Place.objects.filter(pk=place.pk).update(to_on=LEFT_ON)
    assert look()["never_arrived"] == 1
    assert "Left home education on" in CaseReason.objects.get().because


def test_two_schools_left_on_one_day_are_one_child_in_one_case(world):
    child = leaver(world)
    world.at_school(child, world.mill_lane)
    world.left(child, LEFT_ON, world.mill_lane)
    assert look()["never_arrived"] == 1
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
    [date(2022, 2, 2), date(2010, 8, 31), None],
    ids=["too young", "over age", "no birthday"],
)
def test_a_child_not_of_compulsory_school_age_is_left_out(world, born):
    leaver(world, born=born)
    assert look()["never_arrived"] == 0


@pytest.mark.parametrize("born", [date(2021, 8, 31), date(2010, 9, 1)])
def test_the_youngest_and_the_oldest_of_compulsory_school_age_are_found(world, born):
    """EA96 s.8: the edges on either side."""
    leaver(world, born=born)
    assert look()["never_arrived"] == 1


def test_a_child_who_died_is_left_out(world):
    child = leaver(world)
    children.record_death(child=child, on=LEFT_ON)
    assert look()["never_arrived"] == 0


def test_a_child_with_an_open_case_gets_no_second_one(world):
    world.case(leaver(world))
    assert look()["never_arrived"] == 0
    assert Case.objects.count() == 1


def test_a_case_closed_since_the_child_left_is_not_opened_again(world, people):
    case = world.case(leaver(world))
    actions.close_case(
        case=case, outcome="on_roll", proofs=PROOFS, why="Seen", by=people.max, at=AT
    )
    assert look()["never_arrived"] == 0


def test_a_case_closed_before_the_child_left_again_does_not_hide_the_child(world, people):
    child = world.child()
    world.at_school(child)
    case = world.case(child, since=date(2026, 10, 1), on=date(2026, 10, 2))
    actions.close_case(
        case=case,
        outcome="on_roll",
        proofs=PROOFS,
        why="Seen",
        by=people.max,
        at=datetime(2026, 10, 5, 9, tzinfo=UTC),
    )
    world.left(child)
    assert look()["never_arrived"] == 1


def test_the_night_can_be_repeated(world):
    leaver(world)
    look()
    assert look() == {"overdue": 0, "over_age": 0, "never_arrived": 0}


def test_what_the_night_does_is_on_the_audit_trail_under_its_name(world):
    leaver(world)
    look()
    event = ChangeEvent.objects.filter(table_name="cases_case", verb="insert").latest("id")
    assert event.actor == "worker:cases"


def test_a_clock_that_ran_out_raises_one_alert(world):
    """P32: due today is not yet late."""
    case = world.case(on=TODAY)
    first = case.deadlines.get(clock="triage_1")
    assert first.due_on == date(2026, 11, 19)
    look(date(2026, 11, 19))
    assert not case.alerts.filter(kind="overdue").exists()
    look(date(2026, 11, 20))
    look(date(2026, 11, 21))
    alert = case.alerts.get(kind="overdue")
    assert "Looked at by an officer: due 19 November 2026" in alert.words


@pytest.mark.parametrize("how", ["met", "moved"])
def test_an_alert_about_a_clock_is_settled_with_the_clock(world, people, how):
    """P32: a clock done or moved leaves no alert saying that it is not done."""
    case = world.case(on=TODAY)
    look(date(2026, 11, 20))
    clock = case.deadlines.get(clock="triage_1")
    said = {"deadline": clock, "why": "Rang the school", "by": people.max, "at": AT}
    if how == "met":
        actions.meet_deadline(**said)
    else:
        actions.move_deadline(due_on=date(2026, 11, 27), **said)
    alert = case.alerts.get(kind="overdue")
    assert (alert.settled_by, alert.settled_why) == (people.max, "Rang the school")


def test_a_clock_that_was_met_or_whose_case_is_closed_raises_nothing(world, people):
    met, closed = world.case(), world.case(world.child("Kim"))
    for deadline in Deadline.objects.filter(case=met):
        actions.meet_deadline(deadline=deadline, why="Done", by=people.olive, at=AT)
    actions.close_case(
        case=closed, outcome="on_roll", proofs=PROOFS, why="Seen", by=people.max, at=AT
    )
    assert look(date(2027, 1, 29))["overdue"] == 0


def test_a_child_who_grew_out_of_school_age_is_raised_once_and_never_closed_silently(world):
    """EA96 s.8(3): the school leaving date of 2026 was 26 June."""
    case = world.case(world.child(born=date(2010, 8, 31)), on=date(2026, 6, 1))
    assert look(date(2026, 6, 26))["over_age"] == 0
    assert look(date(2026, 6, 27))["over_age"] == 1
    assert look(date(2026, 6, 28))["over_age"] == 0
    case.refresh_from_db()
    assert case.is_open
    assert "26 June 2026" in case.alerts.get(kind="over_age").words


def test_the_wait_of_a_named_school_counts_school_days_not_days(world):
    """Regs 2024 count school days; half-term is none."""
    child = world.child()
    world.at_school(child)
    world.left(child, date(2026, 10, 16))
    named(world, child)
    calendar: SchoolCalendar = calendar_for(None)
    assert calendar.between(date(2026, 10, 16), date(2026, 11, 6)) == 10
    assert look(date(2026, 11, 6))["never_arrived"] == 0
    assert look(date(2026, 11, 9))["never_arrived"] == 1


def test_finding_whom_nobody_has_takes_one_query(world, django_assert_num_queries):
    for n in range(5):
        leaver(world, forename=f"Child{n}")
    with django_assert_num_queries(1):
        found = list(queries.nowhere_known(on=LATE))
        assert {place.school.name for place in found} == {"St Ann's School"}
        assert len({place.child.forename for place in found}) == 5


def test_a_place_named_for_a_later_day_is_not_called_unknown(world):
    """P04: a school was named; the child is still missing until someone there has them."""
    child = leaver(world)
    named(world, child, from_on=date(2026, 12, 7))
    look()
    case = Case.objects.get()
    assert case.reason == "never_arrived"
    assert "A new place was named" in case.reasons.get().because
