"""Comparison levels of forenames, surnames and middle names, for many pairs."""

import numpy as np

from onroll.matching.comparison.distinct_names import are_two_names
from onroll.matching.comparison.name_columns import NameComparer
from onroll.matching.comparison.name_levels import NameLevel, level_table
from onroll.matching.frequencies.of_list import ESTABLISHED, Counts, Frequencies
from onroll.matching.records.arrays import Flags, Ints, Levels
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import Names


def name_levels(
    left: Columns, right: Columns, names: Names, frequencies: Frequencies
) -> tuple[Levels, Levels]:
    likeness = NameComparer(names)
    forename = likeness.of(left.forename, right.forename)
    surname = likeness.of(left.surname, right.surname)
    _tell_names_from_slips(
        forename,
        left.forename,
        right.forename,
        names,
        frequencies.forename_written,
        frequencies.size,
    )
    _tell_names_from_slips(
        surname, left.surname, right.surname, names, frequencies.surname_written, frequencies.size
    )
    _tell_distinct_names(forename, left.forename, right.forename, names, is_surname=False)
    _tell_distinct_names(surname, left.surname, right.surname, names, is_surname=True)
    _improve(
        forename,
        likeness,
        (left.forename, left.chosen_forename),
        (right.forename, right.chosen_forename),
    )
    _improve(
        surname,
        likeness,
        (left.surname, left.former_surname, left.chosen_surname),
        (right.surname, right.former_surname, right.chosen_surname),
    )
    _by_middle_name(forename, likeness, left, right)
    _swapped(forename, surname, likeness, left, right)
    _misplaced(forename, surname, likeness, left, right)
    return forename, surname


SLIP = 20
"""One slip of a name is at most one in so many of those who bear it."""


def _tell_names_from_slips(
    levels: Levels, left_names: Ints, right_names: Ints, names: Names, counts: Counts, size: int
) -> None:
    """Two spellings that are both names of several people are no slip: Jack is not Zack.

    A spelling that very few have beside those of the other is one: of 1,000 called Olivia some
    are written Olvia.
    """
    at = np.flatnonzero(_SLIPS[levels])
    if not len(at):
        return
    written, skeleton = names.array("written"), names.array("skeleton")
    first, second = left_names[at], right_names[at]
    of_one, of_other = counts.look_up(written[first]), counts.look_up(written[second])
    fewer, commoner = np.minimum(of_one, of_other), np.maximum(of_one, of_other)
    both = (fewer >= max(ESTABLISHED, size // 20_000)) & (fewer * SLIP >= commoner)
    both &= skeleton[first] != skeleton[second]
    levels[at[both]] = np.where(
        levels[at[both]] == NameLevel.LOOSE, NameLevel.DIFFERENT, NameLevel.REAL
    )


def _tell_distinct_names(
    levels: Levels, left_names: Ints, right_names: Ints, names: Names, *, is_surname: bool
) -> None:
    """Two names that stand in the tables of names, and are no variants, are no slip either."""
    listed = names.array("surname" if is_surname else "forename").astype(bool)
    several = names.array("several").astype(bool)
    both = listed[left_names] & listed[right_names] & _ALIKE[levels]
    if not is_surname:
        both |= (several[left_names] | several[right_names]) & _OF_PARTS[levels]
    at = np.flatnonzero(both)
    if not len(at):
        return
    twos, back = np.unique(left_names[at] << 32 | right_names[at], return_inverse=True)
    are_distinct = [
        are_two_names(names.form(two >> 32), names.form(two & 0xFFFFFFFF), is_surname=is_surname)
        for two in twos.tolist()
    ]
    distinct = np.array(are_distinct, bool)[back]
    levels[at[distinct]] = np.where(
        levels[at[distinct]] == NameLevel.LOOSE, NameLevel.DIFFERENT, NameLevel.REAL
    )


_SLIPS = level_table((NameLevel.LOOSE, NameLevel.SOUND, NameLevel.EDITS, NameLevel.TYPO))
_ALIKE = level_table(
    (NameLevel.LOOSE, NameLevel.SOUND, NameLevel.SHORT, NameLevel.EDITS, NameLevel.TYPO)
)
_OF_PARTS = level_table(
    (
        NameLevel.LOOSE,
        NameLevel.SOUND,
        NameLevel.SHORT,
        NameLevel.PART,
        NameLevel.EDITS,
        NameLevel.TYPO,
        NameLevel.VARIANT,
        NameLevel.WEAK,
        NameLevel.INITIAL,
    )
)
_WHOLE = level_table((NameLevel.EXACT, NameLevel.VARIANT, NameLevel.PART))
_NEARLY = level_table((NameLevel.SHORT, NameLevel.PART, NameLevel.EDITS, NameLevel.TYPO))


def _improve(
    levels: Levels,
    likeness: NameComparer,
    left_columns: tuple[Ints, ...],
    right_columns: tuple[Ints, ...],
) -> None:
    """Let a chosen or former name agree where the legal ones do not."""
    has_values = (
        [column.any() for column in left_columns],
        [column.any() for column in right_columns],
    )
    for n, a in enumerate(left_columns):
        for k, b in enumerate(right_columns):
            if n == k == 0 or not (has_values[0][n] and has_values[1][k]):
                continue
            at = np.flatnonzero((a > 0) & (b > 0) & (levels < NameLevel.VARIANT))
            if len(at):
                better = likeness.of(a[at], b[at])
                levels[at] = np.maximum(levels[at], better)


def _by_middle_name(levels: Levels, likeness: NameComparer, left: Columns, right: Columns) -> None:
    """A child known by a middle name: a part in common, no more."""
    for a, b in (
        (left.middle_names, right.forename),
        (left.forename, right.middle_names),
    ):
        at = np.flatnonzero((a > 0) & (b > 0) & (levels < NameLevel.SHORT))
        if len(at):
            middle_levels = likeness.of(a[at], b[at])
            good = _WHOLE[middle_levels]
            levels[at[good]] = NameLevel.PART


def tell_by_middle_names(
    forename: Levels, differ: Flags, left: Columns, right: Columns, names: Names
) -> None:
    """Of brothers who are all Muhammad the middle names, where they differ, tell who is who."""
    honorific = names.array("honorific").astype(bool)
    only = honorific[left.forename] & honorific[right.forename] & differ
    forename[only & (forename >= NameLevel.VARIANT)] = NameLevel.REAL


def middle_name_levels(left: Columns, right: Columns, names: Names) -> Levels:
    """A brother has other middle names, most often; so has a child known by one of several."""
    levels = np.zeros(len(left), np.int8)
    at = np.flatnonzero((left.middle_names > 0) & (right.middle_names > 0))
    if len(at):
        name_level = NameComparer(names).of(left.middle_names[at], right.middle_names[at])
        same = (name_level >= NameLevel.VARIANT) | _NEARLY[name_level]
        levels[at] = np.where(same, 3, np.where(name_level == NameLevel.INITIAL, 2, 1))
    return levels


def _swapped(
    forename: Levels, surname: Levels, likeness: NameComparer, left: Columns, right: Columns
) -> None:
    """Forename and surname in each other's place agree as spellings do."""
    at = np.flatnonzero((forename < NameLevel.SOUND) & (surname < NameLevel.SOUND))
    if not len(at):
        return
    forename_level = likeness.of(left.forename[at], right.surname[at])
    at, forename_level = (
        at[forename_level >= NameLevel.EDITS],
        forename_level[forename_level >= NameLevel.EDITS],
    )
    surname_level = likeness.of(left.surname[at], right.forename[at])
    good = surname_level >= NameLevel.EDITS
    forename[at[good]] = np.minimum(forename_level[good], NameLevel.VARIANT)
    surname[at[good]] = np.minimum(surname_level[good], NameLevel.VARIANT)


def _misplaced(
    forename: Levels, surname: Levels, likeness: NameComparer, left: Columns, right: Columns
) -> None:
    """An only name may have been written in the other's place."""
    for first, second in ((left, right), (right, left)):
        for levels, missing, name_written, name_misplaced, unsaid in (
            (surname, forename, first.forename, second.surname, first.surname),
            (forename, surname, first.surname, second.forename, first.forename),
        ):
            if unsaid.all():
                continue
            only = (
                (unsaid == 0)
                & (name_written > 0)
                & (name_misplaced > 0)
                & (missing < NameLevel.SOUND)
            )
            at = np.flatnonzero(only)
            if len(at):
                name_level = likeness.of(name_written[at], name_misplaced[at])
                good = name_level >= NameLevel.EDITS
                levels[at[good]] = np.minimum(name_level[good], NameLevel.VARIANT)
                missing[at[good]] = NameLevel.MISSING
