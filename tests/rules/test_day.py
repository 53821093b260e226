"""The order of an officer's day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from onroll.rules.day import (
    FIRST,
    ORDER,
    PLACES,
    RANKS,
    TODAY,
    Call,
    DayCase,
    call_of_clock,
    calls_of_case,
    gravest,
    last_look_allowed,
    order,
    over_at,
)
from onroll.rules.day_referrals import (
    Ask,
    DayReferral,
    calls_of_referral,
    first_ask,
)

WEDNESDAY = date(2026, 11, 18)


def test_danger_is_first_and_what_nobody_looked_at_is_last() -> None:
    assert [place.call for place in ORDER] == [
        Call.DANGER,
        Call.PASSED_ON,
        Call.NOT_ACCEPTED,
        Call.LAW_OVERDUE,
        Call.PROMISE_OVER,
        Call.PROMISED,
        Call.ARRIVED,
        Call.LOCAL_OVERDUE,
        Call.WAITS,
        Call.DUE_TODAY,
        Call.TO_RING,
        Call.DUE_THIS_WEEK,
        Call.NOT_LOOKED_AT,
    ]
    assert set(PLACES) == set(RANKS) == set(Call)
    assert {place.call for place in ORDER[:11]} == {*FIRST, *TODAY}


def test_red_stands_for_danger_and_for_the_law_alone() -> None:
    red = {place.call for place in ORDER if place.meaning == "late"}
    assert red == {Call.DANGER, Call.LAW_OVERDUE} <= set(FIRST)
    assert tuple(place.call for place in ORDER[: len(FIRST)]) == FIRST


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


def test_a_list_stands_after_each_child_of_its_call_however_old_its_oldest_is() -> None:
    weeks_ago = date(2026, 10, 14)
    rows = [
        order(Call.ARRIVED, weeks_ago, is_list=True),
        order(Call.ARRIVED, date(2026, 11, 17)),
        order(Call.LOCAL_OVERDUE, weeks_ago),
        order(Call.PROMISED, WEDNESDAY),
    ]
    assert sorted(rows) == [rows[3], rows[1], rows[0], rows[2]]


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


def test_a_case_calls_by_all_that_is_due_and_by_who_has_it() -> None:
    arrived = datetime(2026, 11, 17, 9, tzinfo=UTC)
    case = DayCase(
        is_owned=False,
        opened_on=date(2026, 10, 1),
        law_due=date(2026, 11, 10),
        next_due=date(2026, 11, 20),
        arrived_at=arrived,
        looked_at=None,
    )
    assert calls_of_case(case, on=WEDNESDAY) == {
        Call.NOT_ACCEPTED: date(2026, 10, 1),
        Call.LAW_OVERDUE: date(2026, 11, 10),
        Call.ARRIVED: arrived,
        Call.DUE_THIS_WEEK: date(2026, 11, 20),
        Call.NOT_LOOKED_AT: date(2026, 10, 1),
    }


def test_a_child_who_is_not_known_to_be_safe_is_danger_until_somebody_says_what_was_done() -> None:
    case = DayCase(
        is_owned=True,
        opened_on=WEDNESDAY,
        law_due=None,
        next_due=None,
        arrived_at=None,
        looked_at=NOON,
        unsafe_at=NOON,
        care_at=TUESDAY_NOON,
    )
    assert calls_of_case(case, on=WEDNESDAY) == {Call.DANGER: NOON, Call.ARRIVED: TUESDAY_NOON}


@pytest.mark.parametrize("next_due", [None, date(2026, 12, 1)])
def test_a_case_that_somebody_looked_at_lately_does_not_call(next_due: date | None) -> None:
    case = DayCase(
        is_owned=True,
        opened_on=date(2026, 1, 5),
        law_due=None,
        next_due=next_due,
        arrived_at=None,
        looked_at=datetime(2026, 11, 17, 9, tzinfo=UTC),
    )
    assert calls_of_case(case, on=WEDNESDAY) == {}


NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
TUESDAY_NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)


def referral(*asks: Ask, **facts: Any) -> DayReferral:
    defaults = {"is_urgent": False, "is_owned": True, "due_on": None, "due_at": None}
    return DayReferral(asks=dict.fromkeys(asks, TUESDAY_NOON), **{**defaults, **facts})


@pytest.mark.parametrize("ask", list(Ask))
def test_something_urgent_is_danger_unless_it_is_only_to_be_read(ask: Ask) -> None:
    calls = calls_of_referral(referral(ask, is_urgent=True), on=WEDNESDAY, at=NOON)
    otherwise = {Ask.READ: Call.ARRIVED, Ask.KNOW: Call.ARRIVED}
    otherwise |= dict.fromkeys((Ask.RING, Ask.RING_AGAIN), Call.TO_RING)
    assert calls == {otherwise.get(ask, Call.DANGER): TUESDAY_NOON}


@pytest.mark.parametrize("facts", [{"is_urgent": True}, {"is_red": True}])
def test_what_is_new_of_something_grave_is_danger_for_who_has_the_case_until_it_is_read(
    facts: dict[str, bool],
) -> None:
    def calls(*asks: Ask, **more: bool) -> set[Call]:
        referred = referral(*asks, **facts, **more)
        return set(calls_of_referral(referred, on=WEDNESDAY, at=NOON))

    assert calls(Ask.READ, has_case=True) == {Call.DANGER}
    assert calls(Ask.READ, Ask.RING, has_case=True) == {Call.DANGER}
    assert calls(Ask.READ) == {Call.ARRIVED}
    assert calls(Ask.REVIEW) == {Call.DANGER}
    calm = referral(Ask.READ, has_case=True)
    assert set(calls_of_referral(calm, on=WEDNESDAY, at=NOON)) == {Call.ARRIVED}


def test_what_was_turned_back_has_nobody_until_it_is_decided_again() -> None:
    calls = calls_of_referral(referral(Ask.BACK), on=WEDNESDAY, at=NOON)
    assert calls == {Call.NOT_ACCEPTED: TUESDAY_NOON}


@pytest.mark.parametrize("ask", [Ask.DECIDE, Ask.BACK, Ask.ACCEPT, Ask.TAKE, Ask.PASSED_ON])
def test_what_is_red_and_not_decided_is_danger_as_what_is_urgent(ask: Ask) -> None:
    calls = calls_of_referral(referral(ask, is_red=True), on=WEDNESDAY, at=NOON)
    assert calls == {Call.DANGER: TUESDAY_NOON}


def test_what_the_hub_decides_calls_by_its_clock() -> None:
    def calls(**facts: Any) -> dict[Call, date | datetime]:
        return calls_of_referral(referral(Ask.DECIDE, **facts), on=WEDNESDAY, at=NOON)

    later, friday = datetime(2026, 11, 18, 15, tzinfo=UTC), date(2026, 11, 20)
    assert calls() == {}
    assert calls(is_owned=False) == {Call.NOT_ACCEPTED: TUESDAY_NOON}
    assert calls(due_on=friday) == {Call.DUE_THIS_WEEK: friday}
    assert calls(due_on=date(2026, 12, 1)) == {}
    assert calls(due_on=WEDNESDAY, due_at=later) == {Call.PROMISED: later}
    assert calls(due_on=WEDNESDAY, due_at=TUESDAY_NOON) == {Call.PROMISE_OVER: TUESDAY_NOON}
    assert calls(due_on=friday, due_at=datetime(2026, 11, 20, 15, tzinfo=UTC)) == {
        Call.DUE_THIS_WEEK: datetime(2026, 11, 20, 15, tzinfo=UTC)
    }


def test_of_several_things_a_referral_asks_the_first_is_done_first() -> None:
    assert first_ask(referral(Ask.READ, Ask.HEAR, Ask.PASSED_ON).asks) is Ask.PASSED_ON
    assert calls_of_referral(referral(Ask.READ, Ask.ACCEPT), on=WEDNESDAY, at=NOON) == {
        Call.NOT_ACCEPTED: TUESDAY_NOON
    }


def test_nobody_has_a_red_child_who_was_sent_on_until_it_is_said_who_has_them() -> None:
    def calls(**facts: Any) -> dict[Call, date | datetime]:
        return calls_of_referral(referral(Ask.HEAR, **facts), on=WEDNESDAY, at=NOON)

    assert calls(is_red=True) == {Call.NOT_ACCEPTED: TUESDAY_NOON}
    assert calls() == {Call.LOCAL_OVERDUE: TUESDAY_NOON}
