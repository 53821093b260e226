"""Which change of school a child missed (P65, policy p.3)."""

from datetime import date

import pytest

from onroll.rules.missed_change import (
    CHANGE_TITLES,
    MissedChange,
    SchoolAges,
    Stay,
    ages_of,
    has_outgrown,
    missed_change,
)

NURSERY, INFANT, JUNIOR = SchoolAges(2, 4), SchoolAges(4, 7), SchoolAges(7, 11)
PRIMARY, SECONDARY, FIRST = SchoolAges(3, 11), SchoolAges(11, 16), SchoolAges(4, 9)
MIDDLE, LOWER, ALL = SchoolAges(9, 13), SchoolAges(11, 14), SchoolAges(4, 18)
JULY, SEPTEMBER, NOVEMBER = date(2026, 7, 22), date(2026, 9, 3), date(2026, 11, 7)
N2P, I2J = MissedChange.NURSERY_TO_PRIMARY, MissedChange.INFANT_TO_JUNIOR
P2S, IN_YEAR, NOT_KNOWN = (
    MissedChange.PRIMARY_TO_SECONDARY,
    MissedChange.IN_YEAR,
    MissedChange.NOT_KNOWN,
)


def of_year(year: int) -> date:
    """Return the birthday of a child who goes into a year group in September 2026."""
    return date(2026 - year - 5, 10, 1)


@pytest.mark.parametrize(
    ("school", "year", "since", "change"),
    [
        (NURSERY, 0, JULY, N2P),
        (NURSERY, 0, NOVEMBER, N2P),
        (NURSERY, 1, NOVEMBER, NOT_KNOWN),
        (PRIMARY, 0, JULY, N2P),
        (PRIMARY, 0, NOVEMBER, IN_YEAR),
        (INFANT, 3, JULY, I2J),
        (INFANT, 3, NOVEMBER, I2J),
        (INFANT, 2, NOVEMBER, IN_YEAR),
        (FIRST, 5, SEPTEMBER, I2J),
        (JUNIOR, 3, SEPTEMBER, I2J),
        (JUNIOR, 3, NOVEMBER, IN_YEAR),
        (JUNIOR, 7, JULY, P2S),
        (PRIMARY, 3, SEPTEMBER, IN_YEAR),
        (PRIMARY, 6, JULY, IN_YEAR),
        (PRIMARY, 7, NOVEMBER, P2S),
        (PRIMARY, 9, NOVEMBER, NOT_KNOWN),
        (MIDDLE, 9, SEPTEMBER, P2S),
        (LOWER, 10, SEPTEMBER, NOT_KNOWN),
        (SECONDARY, 7, SEPTEMBER, P2S),
        (SECONDARY, 9, SEPTEMBER, IN_YEAR),
        (ALL, 7, SEPTEMBER, IN_YEAR),
        (SECONDARY, 12, SEPTEMBER, NOT_KNOWN),
        (NURSERY, -1, SEPTEMBER, NOT_KNOWN),
    ],
)
def test_the_school_before_says_which_change_was_missed(school, year, since, change):
    stays = [Stay(school=school, to_on=since)]
    assert missed_change(born=of_year(year), since=since, stays=stays) is change


def test_without_a_birthday_it_is_not_known():
    assert missed_change(born=None, since=JULY, stays=[Stay(school=PRIMARY)]) is NOT_KNOWN


@pytest.mark.parametrize(
    ("year", "from_on", "change"),
    [(7, SEPTEMBER, P2S), (7, None, IN_YEAR), (8, SEPTEMBER, IN_YEAR), (7, NOVEMBER, IN_YEAR)],
)
def test_the_school_that_was_expected_says_it_where_none_before_is_known(year, from_on, change):
    stays = [
        Stay(school=PRIMARY, is_expected=True),
        Stay(school=SECONDARY, from_on=from_on, is_expected=True),
    ]
    stays = stays if from_on else stays[1:]
    assert missed_change(born=of_year(year), since=NOVEMBER, stays=stays) is change


@pytest.mark.parametrize(("year", "change"), [(0, N2P), (7, NOT_KNOWN)])
def test_with_no_school_known_only_the_first_start_is(year, change):
    assert missed_change(born=of_year(year), since=SEPTEMBER, stays=[]) is change
    silent = [Stay(school=None), Stay(school=None, is_expected=True)]
    assert missed_change(born=of_year(year), since=SEPTEMBER, stays=silent) is change


def test_of_several_schools_the_last_decides_and_none_that_came_later():
    stays = [
        Stay(school=INFANT, from_on=date(2019, 9, 1), to_on=date(2022, 7, 20)),
        Stay(school=JUNIOR, from_on=date(2022, 9, 1), to_on=JULY),
        Stay(school=ALL, from_on=NOVEMBER),
        Stay(school=ALL, from_on=SEPTEMBER, is_expected=True),
    ]
    assert missed_change(born=of_year(7), since=JULY, stays=stays) is P2S


@pytest.mark.parametrize(
    ("gias", "ages"),
    [
        (("Nursery", 2, 5), NURSERY),
        (("Primary", 3, 11), PRIMARY),
        (("Secondary", None, None), SECONDARY),
        (("Primary", 4, None), SchoolAges(4, 11)),
        (("Not applicable", 4, 18), ALL),
        (("Not applicable", None, 18), None),
        (("", 4, None), None),
    ],
)
def test_the_ages_of_a_school_are_its_own_or_those_of_its_phase(gias, ages):
    assert ages_of(*gias) == ages


def test_a_child_has_outgrown_a_school_whose_last_age_comes_within_the_year():
    assert has_outgrown(of_year(7), in_year=2026, last_age=11)
    assert not has_outgrown(of_year(6), in_year=2026, last_age=11)


def test_each_change_has_words():
    assert set(CHANGE_TITLES) == set(MissedChange)
