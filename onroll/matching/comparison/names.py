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
    left: Columns, right: Columns, names: Names, known: Frequencies
) -> tuple[Levels, Levels]:
    likeness = NameComparer(names)
    forename = likeness.of(left.forename, right.forename)
    surname = likeness.of(left.surname, right.surname)
    _tell_names_from_slips(
        forename, left.forename, right.forename, names, known.forename_written, known.size
    )
    _tell_names_from_slips(
        surname, left.surname, right.surname, names, known.surname_written, known.size
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
    levels: Levels, ours: Ints, theirs: Ints, names: Names, counts: Counts, size: int
) -> None:
    """Two spellings that are both names of several people are no slip: Jack is not Zack.

    A spelling that very few have beside those of the other is one: of 1,000 called Olivia some
    are written Olvia.
    """
    at = np.flatnonzero(_SLIPS[levels])
    if not len(at):
        return
    written, skeleton = names.array("written"), names.array("skeleton")
    one, other = ours[at], theirs[at]
    of_one, of_other = counts.look_up(written[one]), counts.look_up(written[other])
    fewer, more = np.minimum(of_one, of_other), np.maximum(of_one, of_other)
    both = (fewer >= max(ESTABLISHED, size // 20_000)) & (fewer * SLIP >= more)
    both &= skeleton[one] != skeleton[other]
    levels[at[both]] = np.where(
        levels[at[both]] == NameLevel.LOOSE, NameLevel.DIFFERENT, NameLevel.REAL
    )


def _tell_distinct_names(
    levels: Levels, ours: Ints, theirs: Ints, names: Names, *, is_surname: bool
) -> None:
    """Two names that stand in the tables of names, and are no variants, are no slip either."""
    known = names.array("surname" if is_surname else "forename").astype(bool)
    several = names.array("several").astype(bool)
    both = known[ours] & known[theirs] & _ALIKE[levels]
    if not is_surname:
        both |= (several[ours] | several[theirs]) & _OF_PARTS[levels]
    at = np.flatnonzero(both)
    if not len(at):
        return
    twos, back = np.unique(ours[at] << 32 | theirs[at], return_inverse=True)
    own = [
        are_two_names(names.form(two >> 32), names.form(two & 0xFFFFFFFF), is_surname=is_surname)
        for two in twos.tolist()
    ]
    found = np.array(own, bool)[back]
    levels[at[found]] = np.where(
        levels[at[found]] == NameLevel.LOOSE, NameLevel.DIFFERENT, NameLevel.REAL
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
    levels: Levels, likeness: NameComparer, ours: tuple[Ints, ...], theirs: tuple[Ints, ...]
) -> None:
    """Let a chosen or former name agree where the legal ones do not."""
    said = [each.any() for each in ours], [each.any() for each in theirs]
    for n, a in enumerate(ours):
        for k, b in enumerate(theirs):
            if n == k == 0 or not (said[0][n] and said[1][k]):
                continue
            at = np.flatnonzero((a > 0) & (b > 0) & (levels < NameLevel.VARIANT))
            if len(at):
                found = likeness.of(a[at], b[at])
                levels[at] = np.maximum(levels[at], found)


def _by_middle_name(levels: Levels, likeness: NameComparer, left: Columns, right: Columns) -> None:
    """A child known by a middle name: a part in common, no more."""
    for a, b in (
        (left.middle_names, right.forename),
        (left.forename, right.middle_names),
    ):
        at = np.flatnonzero((a > 0) & (b > 0) & (levels < NameLevel.SHORT))
        if len(at):
            found = likeness.of(a[at], b[at])
            good = _WHOLE[found]
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
        found = NameComparer(names).of(left.middle_names[at], right.middle_names[at])
        same = (found >= NameLevel.VARIANT) | _NEARLY[found]
        levels[at] = np.where(same, 3, np.where(found == NameLevel.INITIAL, 2, 1))
    return levels


def _swapped(
    forename: Levels, surname: Levels, likeness: NameComparer, left: Columns, right: Columns
) -> None:
    """Forename and surname in each other's place agree as spellings do."""
    at = np.flatnonzero((forename < NameLevel.SOUND) & (surname < NameLevel.SOUND))
    if not len(at):
        return
    one = likeness.of(left.forename[at], right.surname[at])
    at, one = at[one >= NameLevel.EDITS], one[one >= NameLevel.EDITS]
    other = likeness.of(left.surname[at], right.forename[at])
    good = other >= NameLevel.EDITS
    forename[at[good]] = np.minimum(one[good], NameLevel.VARIANT)
    surname[at[good]] = np.minimum(other[good], NameLevel.VARIANT)


def _misplaced(
    forename: Levels, surname: Levels, likeness: NameComparer, left: Columns, right: Columns
) -> None:
    """An only name may have been written in the other's place."""
    for one, other in ((left, right), (right, left)):
        for levels, missing, ours, theirs, unsaid in (
            (surname, forename, one.forename, other.surname, one.surname),
            (forename, surname, one.surname, other.forename, one.forename),
        ):
            if unsaid.all():
                continue
            only = (unsaid == 0) & (ours > 0) & (theirs > 0) & (missing < NameLevel.SOUND)
            at = np.flatnonzero(only)
            if len(at):
                found = likeness.of(ours[at], theirs[at])
                good = found >= NameLevel.EDITS
                levels[at[good]] = np.minimum(found[good], NameLevel.VARIANT)
                missing[at[good]] = NameLevel.MISSING
