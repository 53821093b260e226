"""Grades of the hub's queue (P15; casework 5.1)."""

from datetime import UTC, datetime, timedelta

import pytest

from onroll.rules.grades import GRADE_TITLES, HOURS, Grade, asked_why, due_by_grade, time_used

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_each_grade_has_used_its_time_after_its_own_hours() -> None:
    assert [time_used(grade, HOURS[grade] * HOUR) for grade in Grade] == [1, 1, 1]
    assert HOURS == {Grade.RED: 2, Grade.AMBER: 6, Grade.GREEN: 24}
    assert set(GRADE_TITLES) == set(Grade)


def test_green_is_not_last_for_ever() -> None:
    old_green, new_red = time_used(Grade.GREEN, 25 * HOUR), time_used(Grade.RED, 2 * HOUR)
    assert old_green > new_red > time_used(Grade.GREEN, 23 * HOUR)


def test_what_nobody_has_graded_counts_as_amber() -> None:
    assert time_used(None, 3 * HOUR) == time_used(Grade.AMBER, 3 * HOUR) == 0.5


def test_red_alone_binds_within_its_hours() -> None:
    assert due_by_grade(Grade.RED, NOON) == NOON + 2 * HOUR
    assert {due_by_grade(grade, NOON) for grade in (None, Grade.AMBER, Grade.GREEN)} == {None}


@pytest.mark.parametrize(
    ("grade", "before", "is_urgent", "words"),
    [
        (Grade.GREEN, None, True, "Say why it is green all the same: the referral is urgent"),
        (Grade.GREEN, Grade.GREEN, True, "Say why it is green all the same"),
        (Grade.GREEN, Grade.AMBER, False, "Say why it is green now: it was amber before"),
        (Grade.AMBER, Grade.RED, False, "Say why it is amber now: it was red before"),
    ],
)
def test_a_grade_that_is_too_low_or_lower_than_before_needs_a_reason(
    grade: Grade, before: Grade | None, is_urgent: bool, words: str
) -> None:
    assert asked_why(grade, before=before, is_urgent=is_urgent).startswith(words)


@pytest.mark.parametrize(
    ("grade", "before", "is_urgent"),
    [
        (Grade.GREEN, None, False),
        (Grade.AMBER, None, True),
        (Grade.RED, Grade.GREEN, True),
        (Grade.AMBER, Grade.AMBER, False),
    ],
)
def test_any_other_grade_needs_none(grade: Grade, before: Grade | None, is_urgent: bool) -> None:
    assert asked_why(grade, before=before, is_urgent=is_urgent) == ""
