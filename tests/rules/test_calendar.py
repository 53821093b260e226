"""School days (P32). Source: EA96 s.579(1)."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.rules import calendar
from onroll.rules.calendar import Dates, SchoolCalendar, Term, layered

AUTUMN = (
    Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
    Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
)
SPRING = (
    Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    Term("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
)
HARROW = SchoolCalendar(terms=AUTUMN + SPRING)
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2029, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> SchoolCalendar:
    closed = frozenset(draw(st.lists(DAYS, max_size=8)))
    opened = frozenset(draw(st.lists(DAYS, max_size=3)))
    terms = draw(st.sampled_from([(), AUTUMN, AUTUMN + SPRING, SPRING]))
    return SchoolCalendar(terms, closed, opened)


@given(calendars(), DAYS, st.integers(min_value=1, max_value=60))
def test_counting_on_and_counting_between_agree(school: SchoolCalendar, day: date, n: int):
    end = school.after(day, n)
    assert school.between(day, end) == n
    assert school.between(end, day) == -n
    assert school.is_school_day(end)


@given(calendars(), DAYS, st.integers(min_value=0, max_value=30))
def test_one_more_school_day_is_always_later(school: SchoolCalendar, day: date, n: int):
    assert school.after(day, n) < school.after(day, n + 1)


@given(calendars(), DAYS)
def test_the_next_school_day_is_the_day_itself_or_the_first_after_it(
    school: SchoolCalendar, day: date
):
    found = school.school_day_on_or_after(day)
    assert school.is_school_day(found)
    assert school.between(day - timedelta(days=1), found) == 1


def test_the_first_day_counted_is_the_day_after():
    friday = date(2026, 11, 20)
    assert HARROW.after(friday, 0) == friday
    assert HARROW.after(friday, 1) == date(2026, 11, 23)
    assert HARROW.after(friday, 5) == date(2026, 11, 27)


def test_half_term_is_not_counted():
    assert HARROW.after(date(2026, 10, 23), 1) == date(2026, 11, 2)


def test_ten_school_days_run_through_christmas():
    assert HARROW.after(date(2026, 12, 14), 10) == date(2027, 1, 11)


def test_counting_backwards_is_refused():
    with pytest.raises(ValueError, match="forwards"):
        HARROW.after(date(2026, 11, 20), -1)


def test_a_school_that_never_opens_again_has_no_next_school_day():
    first = date(2026, 1, 1)
    never = SchoolCalendar(closed=frozenset(first + timedelta(days=n) for n in range(4001)))
    with pytest.raises(ValueError, match="no further school day"):
        never.school_day_on_or_after(first)


def test_a_term_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="Spring ends before it starts"):
        Term("Spring", date(2027, 3, 1), date(2027, 1, 1))


def test_an_inset_day_a_closure_and_a_bank_holiday_are_no_school_days():
    inset, snow = date(2026, 9, 2), date(2026, 11, 30)
    school = layered(
        authority=Dates(terms=AUTUMN + SPRING),
        school=Dates(insets=frozenset({inset}), closed=frozenset({snow})),
    )
    assert not school.is_school_day(inset)
    assert not school.is_school_day(snow)
    assert HARROW.is_school_day(inset)
    assert not SchoolCalendar((Term("Long", date(2027, 4, 1), date(2027, 6, 1)),)).is_school_day(
        date(2027, 5, 3)
    )


def test_what_the_school_says_stands_over_what_the_authority_says():
    closed_by_authority, opened_by_authority = date(2026, 9, 3), date(2026, 10, 26)
    authority = Dates(
        terms=AUTUMN,
        closed=frozenset({closed_by_authority}),
        open_on=frozenset({opened_by_authority}),
    )
    plain = layered(authority=authority, school=Dates())
    assert not plain.is_school_day(closed_by_authority)
    assert plain.is_school_day(opened_by_authority)
    other = layered(
        authority=authority,
        school=Dates(
            open_on=frozenset({closed_by_authority}), closed=frozenset({opened_by_authority})
        ),
    )
    assert other.is_school_day(closed_by_authority)
    assert not other.is_school_day(opened_by_authority)


def test_a_schools_own_term_stands_instead_of_those_it_touches():
    own = Term("Michaelmas", date(2026, 9, 10), date(2026, 12, 11))
    next_year = Term("Autumn 1", date(2027, 9, 2), date(2027, 10, 22))
    school = layered(authority=Dates(terms=(*AUTUMN, next_year)), school=Dates(terms=(own,)))
    assert school.terms == (own, next_year)
    assert not school.is_school_day(date(2026, 9, 3))
    assert not school.is_school_day(date(2026, 12, 14))
    assert school.is_school_day(date(2027, 9, 3))


def test_terms_for_one_part_of_the_year_leave_the_rest_to_the_authority():
    own = Term("Autumn 1", date(2026, 9, 7), date(2026, 10, 16))
    school = layered(authority=Dates(terms=AUTUMN + SPRING), school=Dates(terms=(own,)))
    assert school.terms == (own, AUTUMN[1], *SPRING)
    assert school.are_certain(date(2026, 9, 1), date(2027, 3, 25))
    assert school.is_school_day(date(2026, 11, 2))
    assert not school.is_school_day(date(2026, 10, 19))
    assert not school.is_school_day(date(2026, 12, 21))
    # Counted by the authority's dates: twenty school days through Christmas.
    assert school.after(date(2026, 12, 7), 20) == HARROW.after(date(2026, 12, 7), 20)


def test_half_a_term_leaves_the_other_half_of_a_term_the_authority_lists_whole():
    whole = Term("Autumn", date(2026, 9, 2), date(2026, 12, 18))
    own = Term("Autumn 1", date(2026, 9, 7), date(2026, 10, 16))
    school = layered(authority=Dates(terms=(whole,)), school=Dates(terms=(own,)))
    assert school.is_school_day(date(2026, 12, 18))
    assert not school.is_school_day(date(2026, 9, 2))
    last = Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18))
    before = layered(authority=Dates(terms=(whole,)), school=Dates(terms=(last,)))
    assert before.is_school_day(date(2026, 9, 2))


@given(st.lists(st.sampled_from(AUTUMN + SPRING), unique=True), DAYS)
def test_a_school_that_repeats_part_of_its_authoritys_dates_changes_nothing(
    own: list[Term], day: date
):
    school = layered(authority=Dates(terms=AUTUMN + SPRING), school=Dates(terms=tuple(own)))
    assert school.is_school_day(day) is HARROW.is_school_day(day)
    assert school.is_certain(day) is HARROW.is_certain(day)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 120)), max_size=4), DAYS)
def test_no_own_term_opens_a_hole_that_is_called_certain(terms: list[tuple[int, int]], day: date):
    """A day the authority holds school on is school, or touched or cut by an own term near it."""
    first = date(2026, 9, 1)
    own = tuple(
        Term("Own", first + timedelta(start), first + timedelta(start + long))
        for start, long in terms
    )
    school = layered(authority=Dates(terms=AUTUMN + SPRING), school=Dates(terms=own))
    near = timedelta(days=36)
    is_near = any(t.starts_on - near <= day <= t.ends_on + near for t in own)
    if HARROW.is_certain(day) and HARROW.is_school_day(day) and not is_near:
        assert school.is_school_day(day) or not school.is_certain(day)


def test_an_autumn_term_that_begins_in_august_begins_the_school_year():
    # law 13 (3): the first term to begin after July.
    own = Term("Autumn 1", date(2026, 8, 27), date(2026, 10, 16))
    summer = Term("Summer 2", date(2026, 6, 1), date(2026, 7, 21))
    school = layered(authority=Dates(terms=(summer, *AUTUMN)), school=Dates(terms=(own,)))
    assert school.terms == (summer, own, AUTUMN[1])
    assert school.school_year(date(2026, 8, 27)) == 2026
    assert school.school_year(date(2026, 8, 26)) == 2025
    assert school.is_school_day(date(2026, 8, 27))
    assert not school.is_school_day(date(2026, 8, 26))
    assert school.are_certain(date(2026, 7, 21), date(2026, 10, 16))


@pytest.mark.parametrize(("day", "year"), [("2026-08-31", 2025), ("2026-09-01", 2026)])
def test_where_no_term_is_listed_a_school_year_begins_on_1_september(day: str, year: int):
    assert SchoolCalendar().school_year(date.fromisoformat(day)) == year


@given(DAYS)
def test_a_school_year_has_one_beginning(day: date):
    year = HARROW.school_year(day)
    assert HARROW.year_starts_on(year) <= day < HARROW.year_starts_on(year + 1)


def test_an_independent_schools_year_may_end_in_june():
    # law 13 (14): 1 July is then no school day, also where the authority's schools are open.
    own = Term("Trinity", date(2027, 4, 20), date(2027, 6, 30))
    summer = Term("Summer 2", date(2027, 6, 7), date(2027, 7, 21))
    for authority in ((), (summer,)):
        school = layered(authority=Dates(terms=authority), school=Dates(terms=(own,)))
        assert not school.is_school_day(date(2027, 7, 1))
        assert school.is_certain(date(2027, 7, 1))
        assert school.after(date(2027, 6, 30), 1) == date(2027, 9, 2)
    earlier = SchoolCalendar((Term("Trinity", date(2027, 4, 20), date(2027, 6, 11)),))
    assert earlier.is_certain(date(2027, 7, 1))


def test_half_a_summer_term_is_not_taken_for_the_end_of_the_year():
    half = SchoolCalendar((Term("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),))
    assert half.is_school_day(date(2027, 7, 1))
    assert not half.is_certain(date(2027, 7, 1))


def test_a_short_half_term_left_out_of_the_list_is_not_taken_for_a_holiday():
    # Easter was late: the first half of the summer term of 2030 is four weeks.
    gappy = SchoolCalendar(
        (
            Term("Spring 2", date(2030, 2, 25), date(2030, 4, 11)),
            Term("Summer 2", date(2030, 6, 3), date(2030, 7, 19)),
        )
    )
    assert gappy.is_school_day(date(2030, 5, 8))
    assert not gappy.is_certain(date(2030, 5, 8))


def test_a_school_may_open_on_a_saturday():
    saturday = date(2026, 11, 28)
    assert not HARROW.is_school_day(saturday)
    assert SchoolCalendar(AUTUMN, open_on=frozenset({saturday})).is_school_day(saturday)


def test_days_inside_listed_terms_and_the_holidays_between_them_are_certain():
    assert HARROW.are_certain(date(2026, 9, 2), date(2027, 3, 25))


def test_days_outside_listed_terms_are_answered_but_not_certain():
    assert HARROW.is_school_day(date(2027, 5, 12))
    assert not HARROW.is_certain(date(2027, 5, 12))
    assert not HARROW.are_certain(date(2027, 3, 1), date(2027, 5, 12))
    assert HARROW.is_certain(date(2027, 5, 15))


def test_the_summer_holiday_is_certain_from_one_end_alone():
    summer = SchoolCalendar((Term("Summer 2", date(2027, 6, 7), date(2027, 7, 20)),))
    assert not summer.is_school_day(date(2027, 7, 21))
    assert summer.is_certain(date(2027, 7, 21))
    assert not HARROW.is_school_day(date(2026, 9, 1))
    assert HARROW.is_certain(date(2026, 9, 1))


def test_a_term_left_out_of_the_list_is_not_taken_for_a_holiday():
    # A gap from October to January is longer than any holiday.
    gappy = SchoolCalendar((AUTUMN[0], SPRING[0]))
    assert gappy.is_school_day(date(2026, 11, 23))
    assert not gappy.is_certain(date(2026, 11, 23))


def test_a_day_named_closed_or_open_is_certain_without_terms():
    monday = date(2026, 11, 23)
    assert SchoolCalendar(closed=frozenset({monday})).is_certain(monday)
    assert SchoolCalendar(open_on=frozenset({monday})).is_certain(monday)


def test_bank_holidays_are_those_of_england():
    found = calendar.bank_holidays([2026, 2027])
    assert found[date(2026, 12, 28)].startswith("Boxing Day")
    assert date(2026, 8, 31) in found
    assert date(2026, 11, 30) not in found
    assert calendar.is_bank_holiday(date(2027, 5, 3))
    assert {day.year for day in found} == {2026, 2027}


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-02", "2026-03-17", "2026-04-06", "2026-06-15", "2026-07-13", "2026-08-03",
        "2026-08-31", "2026-11-30", "2026-12-25", "2027-03-26", "2026-11-28",
    ],
)  # fmt: skip
def test_a_bank_holiday_in_any_part_of_the_kingdom_is_no_working_day(day: str):
    # law 13 (2): FOIA s.10(6).
    assert not calendar.is_uk_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [("2026-11-30", True), ("2026-07-13", True), ("2026-08-31", False), ("2026-11-28", False)],
)
def test_a_bank_holiday_of_scotland_alone_is_a_working_day_in_england(day: str, is_worked: bool):
    assert calendar.is_working_day(date.fromisoformat(day)) is is_worked


@given(DAYS)
def test_a_working_day_of_the_kingdom_is_one_in_england(day: date):
    if calendar.is_uk_working_day(day):
        assert calendar.is_working_day(day)


@pytest.mark.parametrize("language", ["th", "en_US", "uk", "C"])
def test_the_language_of_the_machine_changes_no_school_day(language: str):
    program = (
        "from datetime import date; from onroll.rules.calendar import SchoolCalendar; "
        "print(SchoolCalendar().after(date(2026, 11, 1), 5), "
        "SchoolCalendar().after(date(2027, 3, 19), 1))"
    )
    names = dict.fromkeys(("LANGUAGE", "LANG", "LC_ALL"), language)
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | names, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout.split() == ["2026-11-06", "2027-04-05"]


@pytest.mark.parametrize(
    "day",
    [
        "2027-01-01", "2027-02-17", "2027-03-24", "2027-03-31", "2027-06-02", "2026-08-12",
        "2026-10-28", "2026-12-23", "2026-11-28",
    ],
)  # fmt: skip
def test_the_usual_pattern_knows_the_usual_holidays(day: str):
    assert not calendar.is_usual_school_day(date.fromisoformat(day))


@given(st.integers(min_value=2020, max_value=2045))
def test_the_usual_pattern_has_about_195_days_a_year(year: int):
    start = date(year, 9, 1)
    days = (start + timedelta(days=n) for n in range(365))
    assert 187 <= sum(map(calendar.is_usual_school_day, days)) <= 199


def test_a_term_of_the_authority_that_is_a_schools_holiday_is_no_term_of_that_school():
    """A general term inside the gap between two own terms is left out; its days are no school."""
    inside = Term("Autumn 2", date(2026, 11, 2), date(2026, 11, 20))
    own = (
        Term("First", date(2026, 9, 1), date(2026, 10, 30)),
        Term("Second", date(2026, 11, 23), date(2026, 12, 18)),
    )
    school = layered(authority=Dates(terms=(inside,)), school=Dates(terms=own))
    assert school.terms == own
    assert not school.is_school_day(date(2026, 11, 11))
