"""Grades of the hub's queue (P15; casework 5.1)."""

from datetime import timedelta

from onroll.rules.grades import GRADE_TITLES, HOURS, Grade, time_used

HOUR = timedelta(hours=1)


def test_each_grade_has_used_its_time_after_its_own_hours() -> None:
    assert [time_used(grade, HOURS[grade] * HOUR) for grade in Grade] == [1, 1, 1]
    assert HOURS == {Grade.RED: 2, Grade.AMBER: 6, Grade.GREEN: 24}
    assert set(GRADE_TITLES) == set(Grade)


def test_green_is_not_last_for_ever() -> None:
    old_green, new_red = time_used(Grade.GREEN, 25 * HOUR), time_used(Grade.RED, 2 * HOUR)
    assert old_green > new_red > time_used(Grade.GREEN, 23 * HOUR)


def test_what_nobody_has_graded_counts_as_amber() -> None:
    assert time_used(None, 3 * HOUR) == time_used(Grade.AMBER, 3 * HOUR) == 0.5
