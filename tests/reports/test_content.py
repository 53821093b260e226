"""What the weekly report says of a week that is known by heart (P52, P54)."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from onroll.cases.models import Case
from onroll.cases.offers import Oldest
from onroll.cases.queries.waiting import counted
from onroll.clocks.models import Deadline
from onroll.intake.models import Row, Transfer
from onroll.reports import queries
from onroll.reports.content import UnknownSchema, Weekly, as_json, digest, from_json
from onroll.reports.layout import sections
from onroll.reports.models import WeeklyReport
from onroll.reports.queries.sent import silent_schools
from tests import files
from tests.people import People
from tests.reports.world import FORMULA, MONDAY, NEXT_MONDAY, THURSDAY, WEDNESDAY, World, leaver
from tests.world import take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def weekly(world: World) -> Weekly:
    return queries.weekly(starts_on=MONDAY, at=NEXT_MONDAY)


def test_leavers_to_nowhere_are_listed_with_school_day_reason_and_case(weekly: Weekly) -> None:
    """P52: the weekly report tells of unknown destinations from the week's files."""
    said = {line.name: line for line in weekly.unknown}
    assert set(said) == {f"{FORMULA} Quillfeather", "Lena Lateley"}
    line = said[f"{FORMULA} Quillfeather"]
    assert (line.school, line.left_on) == ("St Ann's", date(2026, 11, 13))
    assert line.reason == "Left a school, destination not known"
    assert line.why.startswith("Case opened.")
    assert line.clause
    assert line.case in {case.case for case in weekly.opened}


def test_new_home_education_is_listed_and_waits_for_an_officer(weekly: Weekly) -> None:
    """P52: ... or where a child is being electively home educated."""
    (line,) = weekly.home_education
    assert (line.name, line.left_on, line.case) == ("Hera Homeward", date(2026, 11, 17), "")
    assert line.is_to_confirm


def test_a_claim_of_a_move_abroad_is_listed_apart(weekly: Weekly) -> None:
    (line,) = weekly.abroad
    assert line.name == "Abe Farawayson"
    assert line.name not in {other.name for other in weekly.unknown}


def test_a_joiner_who_was_missing_is_listed_as_a_gap_closed(weekly: Weekly) -> None:
    (line,) = weekly.gaps_closed
    assert (line.name, line.school) == ("Joy Foundling", "Mill Lane")


def test_cases_opened_and_closed_are_those_of_the_week(weekly: Weekly, world: World) -> None:
    assert {line.name for line in weekly.opened} == {
        f"{FORMULA} Quillfeather",
        "Abe Farawayson",
        "Lena Lateley",
    }
    (closed,) = weekly.closed
    assert (closed.case, closed.is_proved) == (world.closed.ref, True)
    assert closed.outcome == "On the roll of a school and attending"
    assert {c.title: c.number for c in weekly.closed_by_outcome} == {closed.outcome: 1}


def test_clocks_that_ran_out_in_the_week_are_listed_and_others_are_not(weekly: Weekly) -> None:
    """P32: the first look was due the day after; a clock still running has not run out."""
    assert {line.clock for line in weekly.clocks} >= {"Looked at by an officer"}
    assert all(line.due_on < NEXT_MONDAY.date() for line in weekly.clocks)
    assert "Four calendar weeks since the report" not in {line.clock for line in weekly.clocks}
    assert sum(count.number for count in weekly.passed_by_clock) == len(weekly.clocks)


def test_a_clock_that_ended_with_its_case_is_not_said_to_be_done(world: World) -> None:
    case, closed_on = Case.objects.get(pk=world.closed.pk), THURSDAY.date()
    case.deadlines.all().delete()
    before = closed_on - timedelta(days=1)
    for clock, stopped in (
        ("absence_20", {"ended_on": closed_on, "ended_why": "case_closed"}),
        ("excluded_6", {"met_on": closed_on}),
        ("n_code_5", {"met_on": before}),
    ):
        of = {"subject": "case", "subject_id": case.pk, "child_id": case.child_id}
        Deadline.objects.create(**of, clock=clock, starts_on=MONDAY, due_on=MONDAY, **stopped)
    done = case.deadlines.get(clock="excluded_6").rule.title
    weekly = queries.weekly(starts_on=MONDAY, at=NEXT_MONDAY)
    (section,) = (one for one in sections(weekly, with_children=True) if one.code == "clocks")
    said = {row[1]: str(row[4]) for row in section.rows if row[6] == case.ref}
    assert sorted(said.values()) == [
        "Done on 18 November 2026",
        "Done on 19 November 2026",
        "Ended: the case closed on 19 November 2026",
    ]
    assert said[done] == "Done on 19 November 2026"
    written = json.loads(json.dumps(as_json(weekly)))
    for line in written["clocks"]:
        del line["is_ended_with_case"], line["ended_why"]
    assert from_json(written).clocks  # a report kept before it was told


def test_a_clock_that_was_late_before_its_case_was_opened_counts_in_that_week(
    weekly: Weekly,
) -> None:
    """Lena left on 9 October: the local 20 days were over before anyone told us."""
    late = [line for line in weekly.clocks if line.name == "Lena Lateley"]
    assert "CML file, by the local policy" in {line.clock for line in late}


def test_late_and_silent_schools_are_told_apart(weekly: Weekly) -> None:
    """P54: late schools are visible."""
    lines = {line.name: line for line in weekly.schools}
    st_anns, mill_lane, quiet = lines["St Ann's"], lines["Mill Lane"], lines["Quiet Corner"]
    assert (st_anns.files, st_anns.refused) == (1, 0)
    assert (st_anns.leavers, st_anns.leavers_late_by_law) == (4, 4)
    assert (st_anns.leavers_late_by_policy, st_anns.longest_days) == (1, 40)
    assert (mill_lane.joiners, mill_lane.joiners_late) == (1, 1)
    assert (st_anns.is_late, mill_lane.is_late, quiet.is_late) == (True, True, False)
    assert (st_anns.is_silent, mill_lane.is_silent, quiet.is_silent) == (False, False, True)
    assert quiet.last_file_on is None
    assert (weekly.number("late"), weekly.number("silent")) == (2, 1)


def test_a_school_is_silent_since_its_last_file_or_since_others_sent_one(
    world: World, people: People
) -> None:
    """P54: Today says since when the longest silent school is, and which it is."""
    files = Transfer.objects.filter(sender__is_reporting=True).order_by("received_at")
    first, at = files[0].received_at, NEXT_MONDAY + timedelta(days=60)
    last = files.filter(sender__name="St Ann's").last()
    assert last is not None
    silent: Any = silent_schools(on=at.date(), until=at)
    since = {school.name: school.silent_since for school in silent}
    assert (since["St Ann's"], since["Quiet Corner"]) == (last.received_at, first)
    waiting = counted(queries.todo(people.max, on=NEXT_MONDAY.date(), at=NEXT_MONDAY))
    todos = {todo.code: todo for todo in waiting}
    assert todos["silent"].oldest == Oldest(first, "Quiet Corner")


def test_a_file_that_nobody_could_read_is_counted_though_its_sender_is_unknown(
    weekly: Weekly,
) -> None:
    assert weekly.number("refused") == 1


def test_records_that_wait_are_counted_by_school(weekly: Weekly) -> None:
    lines = {line.name: line for line in weekly.schools}
    waiting = Row.objects.filter(is_to_confirm=True, confirmed_at__isnull=True).count()
    assert lines["St Ann's"].to_confirm == waiting > 0
    assert weekly.number("waiting") == waiting


def test_the_register_is_counted_as_it_was_at_the_end_of_the_week(
    weekly: Weekly, world: World
) -> None:
    """Found on Thursday, the Foundling is at the stage *found*; three more were reported."""
    assert weekly.register_total == 4
    assert {c.code: c.number for c in weekly.register_by_stage if c.number} == {
        "reported": 3,
        "located": 1,
    }
    before = queries.weekly(starts_on=MONDAY - timedelta(7), at=NEXT_MONDAY)
    assert before.register_total == 2
    assert {c.code: c.number for c in before.register_by_stage if c.number} == {"reported": 2}


def test_what_comes_after_the_week_is_not_in_its_report(world: World) -> None:
    before = queries.weekly(starts_on=MONDAY, at=NEXT_MONDAY)
    later = files.cml(
        leaver("Afterwards", "Ann", left_on=date(2026, 11, 20), reason="UK"),
        made=NEXT_MONDAY.date(),
    )
    take_in(later, "3102001_CML_310LLLL_009.xml", at=NEXT_MONDAY)
    after = queries.weekly(starts_on=MONDAY, at=NEXT_MONDAY)
    assert (after.unknown, after.opened) == (before.unknown, before.opened)
    assert after.register_total == before.register_total
    running = queries.weekly(starts_on=MONDAY + timedelta(7), at=NEXT_MONDAY)
    assert [line.name for line in running.unknown] == ["Ann Afterwards"]
    assert running.ends_on == timezone.localtime(NEXT_MONDAY).date()


def test_a_report_read_back_says_what_was_written(weekly: Weekly) -> None:
    written = json.loads(json.dumps(as_json(weekly)))
    assert from_json(written) == weekly
    assert digest(written) == digest(as_json(weekly))
    with pytest.raises(UnknownSchema):
        from_json(written | {"schema": 99})


def test_an_empty_borough_has_a_report_too(people: People) -> None:
    weekly = queries.weekly(starts_on=MONDAY, at=NEXT_MONDAY)
    assert {count.number for count in weekly.figures} == {0}
    assert weekly.child_ids == ()


def test_the_number_of_queries_does_not_grow_with_the_week(
    world: World, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(20) as first:
        queries.weekly(starts_on=MONDAY, at=NEXT_MONDAY)
    more = files.cml(
        *(
            leaver(f"More{n}", f"Child{n}", left_on=date(2026, 11, 12), reason="UK")
            for n in range(9)
        ),
        made=WEDNESDAY.date(),
    )
    take_in(more, "3102001_CML_310LLLL_010.xml", at=WEDNESDAY)
    with django_assert_num_queries(len(first)):
        queries.weekly(starts_on=MONDAY, at=NEXT_MONDAY)


def test_a_report_knows_every_child_it_names(report: WeeklyReport, world: World) -> None:
    weekly = from_json(report.content)
    named = {line.child_id for line in weekly.unknown} | {line.child_id for line in weekly.clocks}
    assert named <= set(weekly.child_ids)
    assert world.closed.child_id in weekly.child_ids
