"""The three answers to whether a child is on a roll (P60)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from onroll.rules.hours import ENGLAND
from onroll.rules.roll_question import (
    LIMITS,
    PURPOSES,
    OnRecord,
    Purpose,
    Reply,
    asked_too_often,
    limit_reached,
    reply,
    words,
)

PUPIL = OnRecord(is_withheld=False, is_certain=True, is_on_roll=True, is_perhaps_on_roll=False)
NOWHERE = replace(PUPIL, is_on_roll=False)


@pytest.mark.parametrize(
    ("children", "answer"),
    [
        ((PUPIL,), Reply.YES),
        ((NOWHERE,), Reply.NO),
        ((), Reply.REFER),
        ((PUPIL, PUPIL), Reply.REFER),
        ((PUPIL, NOWHERE), Reply.REFER),
        ((replace(PUPIL, is_withheld=True),), Reply.REFER),
        ((replace(NOWHERE, is_withheld=True),), Reply.REFER),
        ((replace(PUPIL, is_certain=False),), Reply.REFER),
        ((replace(NOWHERE, is_perhaps_on_roll=True),), Reply.REFER),
    ],
)
def test_yes_and_no_are_said_of_one_certain_child(
    children: tuple[OnRecord, ...], answer: Reply
) -> None:
    """P60."""
    assert reply(children) is answer


def test_each_purpose_has_words_and_a_person_asks_ten_an_hour_and_thirty_a_day() -> None:
    """P60."""
    assert set(PURPOSES) == set(Purpose)
    most = {limit.time: limit.most for limit in LIMITS}
    assert most == {timedelta(hours=1): 10, timedelta(days=1): 30}


def test_all_that_is_said_of_it_can_be_read_in_other_languages() -> None:
    assert {*PURPOSES.values(), *(limit.words for limit in LIMITS)} < set(words())


NOON = datetime(2026, 11, 27, 12, tzinfo=ENGLAND)


def minutes_before(*minutes: float) -> list[datetime]:
    return [NOON - timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ([], ""),
        (minutes_before(*range(1, 10)), ""),
        (minutes_before(60, *range(1, 10)), ""),
        (minutes_before(*range(50, 60)), "about 10 children within an hour, at 12:01pm"),
        (minutes_before(*range(20, 31)), "about 10 children within an hour, at 12:31pm"),
        (minutes_before(*range(70, 100)), "about 30 children within a day, on 28 November 2026 at"),
        (minutes_before(*range(1, 41)), "about 30 children within a day, on 28 November 2026 at"),
    ],
)
def test_who_has_reached_a_limit_is_told_which_and_when_it_ends(
    asked: list[datetime], told: str
) -> None:
    """P60: of two limits the one that ends last."""
    reached = limit_reached(asked, at=NOON)
    if not told:
        assert reached is None
        return
    assert reached is not None
    limit, until = reached
    said = asked_too_often(limit, until=until, at=NOON)
    which, when = told.split(", ")
    assert which in said
    assert f"You can ask again {when}" in said
    assert limit_reached(asked, at=until) is None


def test_the_moment_that_is_named_is_never_too_early() -> None:
    said = asked_too_often(LIMITS[0], until=NOON + timedelta(seconds=61), at=NOON)
    assert "at 12:02pm" in said
