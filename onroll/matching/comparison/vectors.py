"""The level of every comparison, for many pairs of records at once (Splink's comparison vector)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.comparison.dates import date_levels, roll_levels
from onroll.matching.comparison.homes import home_levels
from onroll.matching.comparison.identifiers import UPN_FORMER, number_levels, upn_levels
from onroll.matching.comparison.name_levels import NameLevel
from onroll.matching.comparison.names import middle_name_levels, name_levels, tell_by_middle_names
from onroll.matching.frequencies.of_list import Frequencies
from onroll.matching.records.arrays import Ints, Levels
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import Names


@dataclass(frozen=True)
class ComparisonVectors:
    """The level of each comparison for each pair; see `model.LEVELS` for their meaning."""

    forename: Levels
    surname: Levels
    middle: Levels
    dob: Levels
    sex: Levels
    upn: Levels
    numbers: Levels
    home: Levels
    time: Levels

    def take(self, places: NDArray[Any]) -> "ComparisonVectors":
        """Return some of the pairs."""
        return ComparisonVectors(**{f.name: getattr(self, f.name)[places] for f in fields(self)})

    @classmethod
    def concatenate(cls, parts: Sequence["ComparisonVectors"]) -> "ComparisonVectors":
        """Return several lots of pairs as one."""
        return cls(
            **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)}
        )


def compare_pairs(
    left: Columns, right: Columns, names: Names, frequencies: Frequencies
) -> ComparisonVectors:
    """Compare two lists of equal length, record by record."""
    forename, surname = name_levels(left, right, names, frequencies)
    middle, upn = middle_name_levels(left, right, names), upn_levels(left, right)
    tell_by_middle_names(forename, (middle == 1) & (upn < UPN_FORMER), left, right, names)
    return ComparisonVectors(
        forename=forename,
        surname=surname,
        middle=middle,
        dob=date_levels(left.dob, right.dob),
        sex=_sex_levels(left.sex, right.sex, forename),
        upn=upn,
        numbers=number_levels(left, right),
        home=home_levels(left, right, frequencies),
        time=roll_levels(left, right),
    )


def _sex_levels(a: Ints, b: Ints, forename: Levels) -> Levels:
    """The sex says little more once the forename is the same."""
    levels = np.where(a == b, 2, 1) + np.where(forename >= NameLevel.VARIANT, 2, 0)
    return np.where((a == 0) | (b == 0), 0, levels).astype(np.int8)
