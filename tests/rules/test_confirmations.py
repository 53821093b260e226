"""What an officer states before a claim of a school is taken as so."""

from datetime import date, timedelta

import pytest

from onroll.rules import confirmations
from onroll.rules.contradiction import Record, Stay

ON = date(2026, 11, 23)
SAID = {"confirmed_by": "Mrs Khan, head", "confirmed_how": "telephone", "confirmed_on": ON}


@pytest.mark.parametrize("effect", [*confirmations.FACTS, "something else"])
def test_a_tick_confirms_nothing(effect: str):
    assert {"confirmed_by", "confirmed_how", "confirmed_on"} <= confirmations.refuse(
        effect, {}, on=ON
    ).keys()


def test_a_first_day_may_lie_ahead_and_a_confirmation_may_not():
    later = ON + timedelta(days=1)
    facts = SAID | {"starts_on": later}
    assert confirmations.refuse("named_destination", facts, on=ON) == {}
    wrong = confirmations.refuse("named_destination", facts | {"confirmed_on": later}, on=ON)
    assert wrong.keys() == {"confirmed_on"}


def words(effect: str, fact: str, record: Record | None = None, **facts: date) -> str:
    return confirmations.refuse(effect, SAID | facts, on=ON, record=record).get(fact, "")


def test_a_first_day_far_ahead_or_at_a_weekend_is_asked_about():
    assert "more than a year ahead" in words(
        "named_destination", "starts_on", starts_on=ON + timedelta(days=367)
    )
    saturday = date(2026, 11, 21)
    assert "21 November 2026, is at a weekend" in words(
        "named_destination", "starts_on", starts_on=saturday
    )
    assert not words("home_education", "starts_on", starts_on=saturday)


def test_a_first_day_long_before_the_last_day_at_the_school_left_is_asked_about():
    last_day = date(2026, 10, 16)
    record = Record(stays=(Stay("Larkfield", "registered", date(2020, 9, 2), last_day),))
    long_before = last_day - timedelta(days=120)
    assert "long before the last day at Larkfield, 16 October 2026" in words(
        "named_destination", "starts_on", record, starts_on=long_before
    )
    assert not words("named_destination", "starts_on", record, starts_on=date(2026, 10, 19))


def test_a_confirmation_of_more_than_a_year_ago_is_asked_about():
    wrong = words("named_destination", "confirmed_on", confirmed_on=ON - timedelta(days=367))
    assert "more than a year ago" in wrong


def test_a_child_on_two_rolls_may_be_there_by_arrangement_and_one_on_none_may_not():
    on_none, on_two = (confirmations.known_ways(kind) for kind in ("left_list", "on_two"))
    assert on_two.keys() - on_none.keys() == {"both_rolls"}
    assert "abroad_believed" not in on_none
