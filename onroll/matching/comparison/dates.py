"""Comparison levels of birthdays, and of the days a child left one roll and joined another."""

import numpy as np

from onroll.matching.comparison.identifiers import differ_by_one_slip
from onroll.matching.records.arrays import Flags, Ints, Levels
from onroll.matching.records.columns import Columns

YEARS_APART = 3
CENTURY = 100
CHILDREN = 2000_01_01
"""Who was born since may have a parent in the home of the same name, day and month."""
FIRST = 101
"""The first of January, written where only the year is known: another year is then no slip."""
DOB_DIFFERENT, DOB_PARTS, DOB_DIGIT, DOB_SWAPPED, DOB_EQUAL = 2, 3, 4, 5, 6


def date_levels(a: Ints, b: Ints) -> Levels:
    levels = np.where(a == b, DOB_EQUAL, 1).astype(np.int8)
    levels[(a == 0) | (b == 0)] = 0
    at = np.flatnonzero(levels == 1)
    if not len(at):
        return levels
    x, y = a[at], b[at]
    years, months, days = (
        x // 10_000 - y // 10_000,
        x // 100 % 100 - y // 100 % 100,
        x % 100 - y % 100,
    )
    near_levels = np.where(np.abs(years) > YEARS_APART, 1, 2)
    are_near = np.abs(years) <= YEARS_APART
    near_levels[are_near & (((years == 0).astype(int) + (months == 0) + (days == 0)) == 2)] = 3
    century = (np.abs(years) == CENTURY) & (months == 0) & (days == 0)
    near_levels[century | (differ_by_one_slip(x, y, 8, 10) & ~_generation(x, y))] = 4
    turned = x // 10_000 * 10_000 + x % 100 * 100 + x // 100 % 100
    near_levels[turned == y] = 5
    nobody_knew = (x % 10_000 == FIRST) & (y % 10_000 == FIRST)
    near_levels[nobody_knew] = np.where(np.abs(years[nobody_knew]) > YEARS_APART, 1, 2)
    levels[at] = near_levels
    return levels


def _generation(x: Ints, y: Ints) -> Flags:
    """Say which days are as far apart as a child and a parent of the same day and month."""
    years = np.abs(x // 10_000 - y // 10_000)
    are: Flags = (np.maximum(x, y) >= CHILDREN) & (years >= 15) & (years <= 60)
    return are


def roll_levels(left: Columns, right: Columns) -> Levels:
    """A child who left before starting elsewhere meets; one on both rolls for long overlaps."""
    has_days = (left.ends > 0) & (right.starts > 0)
    if not has_days.any():
        return np.zeros(len(has_days), np.int8)
    ends, starts = _ordinal(left.ends), _ordinal(right.starts)
    gap = starts - ends
    still = (right.ends == 0) | (_ordinal(right.ends) > _ordinal(left.starts))
    levels = np.where(gap < -30, np.where(still, 1, 2), np.where(gap <= 120, 3, 2))
    return np.where(has_days, levels, 0).astype(np.int8)


def _ordinal(day: Ints) -> Ints:
    """A number of days, good to one or two, which is all that is asked of it."""
    return day // 10_000 * 365 + day // 100 % 100 * 30 + day % 100
