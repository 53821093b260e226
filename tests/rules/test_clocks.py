"""Clocks (P32). What each counts: law 2.7, 3 and 4."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.rules import clocks
from onroll.rules.calendar import Dates, SchoolCalendar, Term, layered
from onroll.rules.clocks import CLOCKS, Unit
from onroll.rules.policy_file import HARROW
from onroll.rules.reasons import CASE_REASONS

SCHOOL = SchoolCalendar(
    (
        Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    )
)
MONDAY = date(2026, 11, 9)


def due(code: str, start: date = MONDAY) -> date:
    return clocks.due_on(CLOCKS[code], start, calendar=SCHOOL, policy=HARROW)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # Regs 2024: the absence counts its own first day.
        ("absence_10", "2026-11-20"),
        ("sickness_15", "2026-11-27"),
        ("absence_20", "2026-12-04"),
        # Regs 2024 reg 9(1)(h)(i): immediately after the end of the leave.
        ("leave_10", "2026-11-23"),
        ("n_code_5", "2026-11-16"),
        # Regs 2024 reg 13: days, not school days.
        ("joiner_5", "2026-11-14"),
        ("leaver_at_deletion", "2026-11-09"),
        # EA96 s.437(2): fifteen days beginning with the day served.
        ("sao_15", "2026-11-23"),
        ("sao_choice_15", "2026-11-23"),
        ("sao_direction_15", "2026-11-23"),
        ("ctf_15", "2026-11-30"),
        ("ctf_request_15", "2026-11-30"),
        # SI 2007/1870 reg 4(3)(a): the sixth after the day of the exclusion (law 13 (1)).
        ("excluded_6", "2026-11-17"),
        ("in_year_15", "2026-11-30"),
        ("fair_access_20", "2026-12-07"),
        # The policy: more than ten, so the eleventh day of absence.
        ("no_contact_10", "2026-11-23"),
        ("cml_20", "2026-11-29"),
        ("cmj_5", "2026-11-14"),
        ("admissions_5", "2026-11-16"),
        ("four_weeks", "2026-12-07"),
        ("four_week_point", "2026-12-04"),
        ("triage_1", "2026-11-10"),
        ("first_enquiries_5", "2026-11-16"),
        ("enquiry_answer_5", "2026-11-16"),
        ("handover_5", "2026-11-16"),
        ("home_education_10", "2026-11-23"),
        ("still_there", "2026-12-21"),
        ("untraced_review", "2026-12-21"),
    ],
)
def test_each_clock_counts_as_its_source_says(code: str, expected: str):
    assert due(code).isoformat() == expected


def test_an_exclusion_on_a_day_off_counts_from_the_next_school_day():
    assert due("excluded_6", date(2026, 11, 7)) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        ("2026-11-23", "2026-12-22"),  # law 13 (2): St Andrew's Day is left out
        ("2026-12-14", "2027-01-15"),  # and Scotland's 4 January, for the second
        ("2026-03-02", "2026-03-31"),  # and St Patrick's Day
        ("2026-06-01", "2026-06-30"),  # and Scotland's 15 June 2026
    ],
)
def test_working_days_leave_out_bank_holidays_in_any_part_of_the_kingdom(
    received: str, answer: str
):
    assert due("foi_20", date.fromisoformat(received)).isoformat() == answer


@pytest.mark.parametrize(
    ("code", "start", "expected"),
    [
        ("referral_decision_1", "2026-11-27", "2026-11-30"),  # St Andrew's Day is worked in England
        ("referral_acceptance_1", "2026-11-27", "2026-11-30"),
        ("referral_receipt_2", "2026-11-27", "2026-12-01"),
        ("further_checks_5", "2026-11-27", "2026-12-04"),
        ("referral_decision_1", "2026-07-10", "2026-07-13"),  # so is the Twelfth
        ("referral_decision_1", "2026-12-24", "2026-12-29"),  # Christmas, and Boxing Day on Monday
        ("referral_decision_1", "2026-08-28", "2026-09-01"),
    ],
)
def test_working_days_of_a_local_clock_are_those_of_england(code: str, start: str, expected: str):
    assert due(code, date.fromisoformat(start)).isoformat() == expected


def test_four_weeks_are_not_twenty_school_days_when_a_holiday_lies_between():
    # law 11 (6): school days govern.
    start = date(2026, 12, 7)
    assert due("four_weeks", start) == date(2027, 1, 4)
    assert due("four_week_point", start) == date(2027, 1, 15)


def test_an_absence_that_starts_at_a_weekend_counts_from_the_monday():
    saturday = date(2026, 11, 7)
    assert due("absence_10", saturday) == due("absence_10", MONDAY)


def test_every_clock_that_the_task_names_is_there():
    wanted = {
        "absence_10", "absence_20", "leave_10", "joiner_5", "leaver_at_deletion", "cml_20",
        "four_weeks", "sao_15", "ctf_15", "n_code_5", "triage_1", "first_enquiries_5",
        "four_week_point", "untraced_review",
    }  # fmt: skip
    assert wanted <= CLOCKS.keys()


def test_every_clock_says_its_source_and_who_set_it():
    for code, clock in CLOCKS.items():
        assert clock.code == code
        assert clock.title
        assert clock.source
        assert clock.then
        assert clock.counts_from
        assert clock.basis == "law" or clock.setting or clock.n == 0  # a day that is named


def test_no_clock_of_the_law_has_a_setting():
    assert not [clock.code for clock in CLOCKS.values() if clock.basis == "law" and clock.setting]


def test_a_setting_moves_a_local_clock():
    slower = replace(HARROW, first_enquiries_school_days=10)
    clock = CLOCKS["first_enquiries_5"]
    assert clocks.due_on(clock, MONDAY, calendar=SCHOOL, policy=slower) == date(2026, 11, 23)


def test_the_shipped_policy_agrees_with_the_numbers_in_the_list():
    for clock in CLOCKS.values():
        assert clock.length(HARROW) == clock.n


@given(
    st.sampled_from(sorted(CLOCKS)),
    st.dates(min_value=date(2024, 9, 1), max_value=date(2029, 7, 1)),
)
def test_no_clock_is_due_before_it_starts_and_each_day_later_is_due_no_earlier(
    code: str, start: date
):
    found = due(code, start)
    assert found >= start
    assert due(code, start + timedelta(days=1)) >= found


@st.composite
def calendars(draw: st.DrawFn) -> SchoolCalendar:
    """Return a school's calendar: some terms of its own over some of its authority's."""
    first = date(2026, 8, 20)
    stretches = st.lists(st.tuples(st.integers(0, 320), st.integers(0, 110)), max_size=4)
    whose = [
        tuple(
            Term("Term", first + timedelta(start), first + timedelta(start + long))
            for start, long in draw(stretches)
        )
        for _ in range(2)
    ]
    days = st.integers(0, 330).map(lambda n: first + timedelta(n))
    closed = frozenset(draw(st.lists(days, max_size=5)))
    return layered(authority=Dates(whose[0]), school=Dates(whose[1], closed=closed))


@given(
    st.sampled_from(sorted(CLOCKS)),
    calendars(),
    st.dates(min_value=date(2026, 8, 1), max_value=date(2027, 8, 1)),
)
def test_whatever_the_calendar_an_event_a_day_later_is_due_no_earlier(
    code: str, calendar: SchoolCalendar, start: date
):
    def end(on: date) -> date:
        return clocks.due_on(CLOCKS[code], on, calendar=calendar, policy=HARROW)

    assert start <= end(start) <= end(start + timedelta(days=1))


@pytest.mark.parametrize("reason", [*CASE_REASONS, "something new"])
def test_every_case_starts_with_someone_looking_at_it(reason: str):
    codes = [clock.code for clock in clocks.for_case(reason, on=MONDAY)]
    assert codes[0] == "triage_1"
    assert len(codes) == len(set(codes))


def test_a_reason_adds_its_own_clocks():
    codes = {clock.code for clock in clocks.for_case("unknown_destination", on=MONDAY)}
    assert {"triage_1", "first_enquiries_5", "four_weeks", "four_week_point", "cml_20"} == codes
    assert CLOCKS["leave_10"] in clocks.for_case("leave_not_returned", on=MONDAY)
    assert CLOCKS["four_weeks"] not in clocks.for_case("home_education_unsuitable", on=MONDAY)


def test_every_unit_is_counted():
    assert {clock.unit for clock in CLOCKS.values()} == set(Unit)


@pytest.mark.parametrize(
    ("born", "latest"),
    [
        (date(2018, 5, 5), date(2027, 11, 18)),
        (None, date(2027, 11, 18)),
        (date(2010, 9, 1), date(2027, 6, 25)),  # year 11: to the school leaving date
        (date(2009, 8, 31), date(2027, 11, 18)),  # over school age already
    ],
)
def test_a_clock_is_moved_within_a_year_and_school_age(born: date | None, latest: date):
    assert clocks.latest_move(born=born, on=date(2026, 11, 18)) == latest


def test_another_reason_starts_its_own_clocks_and_no_more_of_those_of_every_case():
    on = date(2026, 11, 23)
    for reason in CASE_REASONS:
        further = {clock.code for clock in clocks.for_another(reason, on=on)}
        assert further <= {clock.code for clock in clocks.for_case(reason, on=on)}
    assert [clock.code for clock in clocks.for_another("excluded", on=on)] == ["excluded_6"]
    assert clocks.for_another("a reason that starts none", on=on) == ()


def test_hours_run_through_the_night_and_a_clock_of_days_has_none():
    """P15: an urgent hand-over waits two hours, whatever the office does."""
    clock = CLOCKS["referral_acceptance_urgent"]
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
    assert clocks.due_at(clock, late, policy=HARROW) == late + timedelta(hours=2)
    assert due("referral_acceptance_urgent") == due("referral_decision_urgent") == MONDAY
    with pytest.raises(ValueError, match="counts no hours"):
        clocks.due_at(CLOCKS["triage_1"], late, policy=HARROW)
