"""Compulsory school age (P01, P36). Vectors: law 1."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.rules import age

BORN = st.dates(min_value=date(1950, 1, 1), max_value=date(2060, 1, 1))
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1))

VECTORS = [
    ("2020-08-31", "2025-08-31", "2036-06-27"),
    ("2020-09-01", "2025-12-31", "2037-06-26"),
    ("2020-12-31", "2025-12-31", "2037-06-26"),
    ("2021-01-01", "2026-03-31", "2037-06-26"),
    ("2021-04-01", "2026-08-31", "2037-06-26"),
    ("2010-09-01", "2015-12-31", "2027-06-25"),
    ("2011-08-31", "2016-08-31", "2027-06-25"),
    ("2011-09-01", "2016-12-31", "2028-06-30"),
]


@pytest.mark.parametrize(("born", "starts", "ends"), VECTORS)
def test_school_age_starts_and_ends_as_the_law_says(born: str, starts: str, ends: str):
    assert age.starts_on(date.fromisoformat(born)).isoformat() == starts
    assert age.ends_on(date.fromisoformat(born)).isoformat() == ends


def test_leaving_dates_are_the_last_fridays_in_june():
    found = [age.leaving_date(year).isoformat() for year in range(2026, 2031)]
    assert found == ["2026-06-26", "2027-06-25", "2028-06-30", "2029-06-29", "2030-06-28"]


def test_a_child_is_of_school_age_on_the_first_and_the_last_day_and_not_outside():
    born = date(2011, 8, 31)
    first, last = age.starts_on(born), age.ends_on(born)
    day = timedelta(days=1)
    assert age.is_compulsory(born, on=first)
    assert age.is_compulsory(born, on=last)
    assert not age.is_compulsory(born, on=first - day)
    assert not age.is_compulsory(born, on=last + day)


@given(BORN)
def test_school_age_begins_on_a_prescribed_day_at_five(born: date):
    starts = age.starts_on(born)
    assert (starts.month, starts.day) in age.PRESCRIBED_DAYS
    assert age.age(born, on=starts) == 5


@given(BORN)
def test_school_age_ends_on_a_friday_in_june_with_the_sixteenth_birthday_in_that_school_year(
    born: date,
):
    ends = age.ends_on(born)
    assert ends == age.leaving_date(ends.year)
    sixteen = age.birthday(born, 16)
    assert date(ends.year - 1, 9, 1) <= sixteen < date(ends.year, 9, 1)


@given(BORN, DAYS)
def test_a_birthday_adds_a_year(born: date, on: date):
    years = age.age(born, on=on)
    assert age.birthday(born, years) <= on < age.birthday(born, years + 1)


def test_a_child_born_on_29_february_is_a_year_older_on_1_march():
    born = date(2020, 2, 29)
    assert age.age(born, on=date(2025, 2, 28)) == 4
    assert age.age(born, on=date(2025, 3, 1)) == 5
    assert age.birthday(born, 4) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("born", "on", "group"),
    [
        ("2021-08-31", "2026-09-01", "1"),
        ("2021-09-01", "2026-09-01", "R"),
        ("2021-09-01", "2026-08-31", "N2"),
        ("2023-10-01", "2026-11-23", "N1"),
        ("2010-09-01", "2026-11-23", "11"),
        ("2008-09-01", "2026-11-23", "13"),
        ("2007-09-01", "2026-11-23", "X"),
        ("2026-01-01", "2026-11-23", "X"),
    ],
)
def test_a_year_group_follows_the_age_before_the_school_year(born: str, on: str, group: str):
    assert age.year_group(date.fromisoformat(born), on=date.fromisoformat(on)) == group


@given(BORN)
def test_reception_is_the_school_year_after_the_fourth_birthday(born: date):
    first_day = date(age.school_year(age.birthday(born, 4)) + 1, 9, 1)
    assert age.year_group(born, on=first_day) == "R"


def test_a_school_year_turns_on_1_september():
    assert age.school_year(date(2026, 8, 31)) == 2025
    assert age.school_year(date(2026, 9, 1)) == 2026


@pytest.mark.parametrize(
    ("born", "is_pupils"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),  # to come
        (date(2000, 11, 24), True),  # the day before the 26th birthday
        (date(2000, 11, 23), False),
    ],
)
def test_a_birthday_of_a_pupil_is_neither_to_come_nor_that_of_a_grown_up(
    born: date, is_pupils: bool
):
    assert age.is_of_a_pupil(born, on=date(2026, 11, 23)) is is_pupils
