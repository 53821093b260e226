"""The order of an officer's day."""

from datetime import UTC, date, datetime

import pytest

from onroll.rules.day import (
    NOW,
    ORDER,
    PLACES,
    RANKS,
    TODAY,
    Call,
    call_of_clock,
    gravest,
    last_look_allowed,
    order,
    over_at,
)

WEDNESDAY = date(2026, 11, 18)


def test_danger_is_first_and_what_nobody_looked_at_is_last() -> None:
    assert [place.call for place in ORDER] == [
        Call.DANGER,
        Call.PASSED_ON,
        Call.NOT_ACCEPTED,
        Call.LAW_OVERDUE,
        Call.ARRIVED,
        Call.LOCAL_OVERDUE,
        Call.WAITS,
        Call.DUE_TODAY,
        Call.DUE_THIS_WEEK,
        Call.NOT_LOOKED_AT,
    ]
    assert set(PLACES) == set(RANKS) == set(Call)
    assert {place.call for place in ORDER[:8]} == NOW | TODAY


def test_red_stands_for_danger_and_for_the_law_alone() -> None:
    red = {place.call for place in ORDER if place.meaning == "late"}
    assert red == NOW == {Call.DANGER, Call.LAW_OVERDUE}


def test_of_one_call_the_oldest_is_first_whether_it_has_an_hour_or_only_a_day() -> None:
    morning = datetime(2026, 11, 18, 9, tzinfo=UTC)
    rows = [
        order(Call.DUE_TODAY, WEDNESDAY),
        order(Call.LAW_OVERDUE, morning),
        order(Call.LAW_OVERDUE, date(2026, 11, 18)),
        order(Call.LAW_OVERDUE, date(2026, 11, 17)),
        order(Call.DANGER, morning),
    ]
    assert sorted(rows) == [rows[4], rows[3], rows[2], rows[1], rows[0]]


@pytest.mark.parametrize(
    ("due_on", "is_law", "call"),
    [
        (date(2026, 11, 17), True, Call.LAW_OVERDUE),
        (date(2026, 11, 17), False, Call.LOCAL_OVERDUE),
        (WEDNESDAY, True, Call.DUE_TODAY),
        (date(2026, 11, 19), True, Call.DUE_THIS_WEEK),
        (date(2026, 11, 22), False, Call.DUE_THIS_WEEK),  # the Sunday
        (date(2026, 11, 23), True, None),
    ],
)
def test_a_clock_calls_from_the_monday_of_its_week(
    due_on: date, is_law: bool, call: Call | None
) -> None:
    assert call_of_clock(due_on, is_law=is_law, on=WEDNESDAY) is call


def test_a_day_is_over_at_the_midnight_of_england_that_ends_it_and_a_moment_at_once() -> None:
    moment = datetime(2026, 11, 18, 9, tzinfo=UTC)
    assert over_at(moment) == moment
    assert over_at(WEDNESDAY) == datetime(2026, 11, 19, tzinfo=UTC)
    assert over_at(date(2026, 6, 1)) == datetime(2026, 6, 1, 23, tzinfo=UTC)


def test_on_a_sunday_the_week_is_over() -> None:
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    assert call_of_clock(monday, is_law=True, on=sunday) is None


def test_of_several_calls_of_one_thing_the_first_of_the_order_counts() -> None:
    assert gravest({Call.NOT_LOOKED_AT: WEDNESDAY, Call.ARRIVED: WEDNESDAY}) is Call.ARRIVED
    assert gravest({}) is None


@pytest.mark.parametrize(
    ("on", "look"),
    [
        (WEDNESDAY, date(2026, 11, 4)),
        (date(2026, 9, 1), date(2026, 8, 17)),  # one bank holiday, on 31 August
        (date(2027, 1, 4), date(2026, 12, 16)),  # and three about the new year
    ],
)
def test_ten_working_days_count_neither_weekends_nor_bank_holidays(on: date, look: date) -> None:
    assert last_look_allowed(on) == look
