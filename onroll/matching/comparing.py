"""Which level two records reach in each comparison, for many pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.frequencies import ESTABLISHED, Counts, Frequencies, at_home
from onroll.matching.likeness import Alike, among
from onroll.matching.likenesses import Levels, Likeness
from onroll.matching.own_names import are_own
from onroll.matching.records import CHECK_LETTERS, DISTRICT, SHARED, Columns, Ints, Names, pack_upn
from onroll.placeholders import authority_codes

YEARS_APART = 3
CENTURY = 100
CHILDREN = 2000_01_01
"""Who was born since may have a parent in the home of the same name, day and month."""
FIRST = 101
"""The first of January, written where only the year is known: another year is then no slip."""
DOB_DIFFERENT, DOB_PARTS, DOB_DIGIT, DOB_SWAPPED, DOB_EQUAL = 2, 3, 4, 5, 6
HOME_NEAR, HOME_CONTACT = 3, 4
UPN_FORMER = 5
"""From this level on a permanent pupil number is the same."""


@dataclass(frozen=True)
class Compared:
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

    def take(self, places: NDArray[Any]) -> "Compared":
        """Return some of the pairs."""
        return Compared(**{f.name: getattr(self, f.name)[places] for f in fields(self)})

    @classmethod
    def concatenate(cls, parts: Sequence["Compared"]) -> "Compared":
        """Return several lots of pairs as one."""
        return cls(
            **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)}
        )


def compare(left: Columns, right: Columns, names: Names, known: Frequencies) -> Compared:
    """Compare two lists of equal length, record by record."""
    forename, surname = _names(left, right, names, known)
    middle, upn = _middles(left, right, names), _upns(left, right)
    _by_middle_names(forename, (middle == 1) & (upn < UPN_FORMER), left, right, names)
    return Compared(
        forename=forename,
        surname=surname,
        middle=middle,
        dob=_dates(left.dob, right.dob),
        sex=_sexes(left.sex, right.sex, forename),
        upn=upn,
        numbers=_numbers(left, right),
        home=_homes(left, right, known),
        time=_times(left, right),
    )


def _names(
    left: Columns, right: Columns, names: Names, known: Frequencies
) -> tuple[Levels, Levels]:
    likeness = Likeness(names)
    forename = likeness.of(left.forename, right.forename)
    surname = likeness.of(left.surname, right.surname)
    _tell_names_from_slips(
        forename, left.forename, right.forename, names, known.forename_written, known.size
    )
    _tell_names_from_slips(
        surname, left.surname, right.surname, names, known.surname_written, known.size
    )
    _tell_own_names(forename, left.forename, right.forename, names, is_surname=False)
    _tell_own_names(surname, left.surname, right.surname, names, is_surname=True)
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
    levels[at[both]] = np.where(levels[at[both]] == Alike.LOOSE, Alike.DIFFERENT, Alike.REAL)


def _tell_own_names(
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
        are_own(names.form(two >> 32), names.form(two & 0xFFFFFFFF), is_surname=is_surname)
        for two in twos.tolist()
    ]
    found = np.array(own, bool)[back]
    levels[at[found]] = np.where(levels[at[found]] == Alike.LOOSE, Alike.DIFFERENT, Alike.REAL)


_SLIPS = among((Alike.LOOSE, Alike.SOUND, Alike.EDITS, Alike.TYPO))
_ALIKE = among((Alike.LOOSE, Alike.SOUND, Alike.SHORT, Alike.EDITS, Alike.TYPO))
_OF_PARTS = among((
    Alike.LOOSE, Alike.SOUND, Alike.SHORT, Alike.PART, Alike.EDITS, Alike.TYPO, Alike.VARIANT,
    Alike.WEAK, Alike.INITIAL,
))  # fmt: skip
_WHOLE = among((Alike.EXACT, Alike.VARIANT, Alike.PART))
_NEARLY = among((Alike.SHORT, Alike.PART, Alike.EDITS, Alike.TYPO))


def _improve(
    levels: Levels, likeness: Likeness, ours: tuple[Ints, ...], theirs: tuple[Ints, ...]
) -> None:
    """Let a chosen or former name agree where the legal ones do not."""
    said = [each.any() for each in ours], [each.any() for each in theirs]
    for n, a in enumerate(ours):
        for k, b in enumerate(theirs):
            if n == k == 0 or not (said[0][n] and said[1][k]):
                continue
            at = np.flatnonzero((a > 0) & (b > 0) & (levels < Alike.VARIANT))
            if len(at):
                found = likeness.of(a[at], b[at])
                levels[at] = np.maximum(levels[at], found)


def _by_middle_name(levels: Levels, likeness: Likeness, left: Columns, right: Columns) -> None:
    """A child known by a middle name: a part in common, no more."""
    for a, b in (
        (left.middle_names, right.forename),
        (left.forename, right.middle_names),
    ):
        at = np.flatnonzero((a > 0) & (b > 0) & (levels < Alike.SHORT))
        if len(at):
            found = likeness.of(a[at], b[at])
            good = _WHOLE[found]
            levels[at[good]] = Alike.PART


def _by_middle_names(
    forename: Levels, differ: NDArray[np.bool_], left: Columns, right: Columns, names: Names
) -> None:
    """Of brothers who are all Muhammad the middle names, where they differ, tell who is who."""
    honorific = names.array("honorific").astype(bool)
    only = honorific[left.forename] & honorific[right.forename] & differ
    forename[only & (forename >= Alike.VARIANT)] = Alike.REAL


def _middles(left: Columns, right: Columns, names: Names) -> Levels:
    """A brother has other middle names, most often; so has a child known by one of several."""
    levels = np.zeros(len(left), np.int8)
    at = np.flatnonzero((left.middle_names > 0) & (right.middle_names > 0))
    if len(at):
        found = Likeness(names).of(left.middle_names[at], right.middle_names[at])
        same = (found >= Alike.VARIANT) | _NEARLY[found]
        levels[at] = np.where(same, 3, np.where(found == Alike.INITIAL, 2, 1))
    return levels


def _swapped(
    forename: Levels, surname: Levels, likeness: Likeness, left: Columns, right: Columns
) -> None:
    """Forename and surname in each other's place agree as spellings do."""
    at = np.flatnonzero((forename < Alike.SOUND) & (surname < Alike.SOUND))
    if not len(at):
        return
    one = likeness.of(left.forename[at], right.surname[at])
    at, one = at[one >= Alike.EDITS], one[one >= Alike.EDITS]
    other = likeness.of(left.surname[at], right.forename[at])
    good = other >= Alike.EDITS
    forename[at[good]] = np.minimum(one[good], Alike.VARIANT)
    surname[at[good]] = np.minimum(other[good], Alike.VARIANT)


def _misplaced(
    forename: Levels, surname: Levels, likeness: Likeness, left: Columns, right: Columns
) -> None:
    """An only name may have been written in the other's place."""
    for one, other in ((left, right), (right, left)):
        for levels, missing, ours, theirs, unsaid in (
            (surname, forename, one.forename, other.surname, one.surname),
            (forename, surname, one.surname, other.forename, one.forename),
        ):
            if unsaid.all():
                continue
            only = (unsaid == 0) & (ours > 0) & (theirs > 0) & (missing < Alike.SOUND)
            at = np.flatnonzero(only)
            if len(at):
                found = likeness.of(ours[at], theirs[at])
                good = found >= Alike.EDITS
                levels[at[good]] = np.minimum(found[good], Alike.VARIANT)
                missing[at[good]] = Alike.MISSING


def _dates(a: Ints, b: Ints) -> Levels:
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
    found = np.where(np.abs(years) > YEARS_APART, 1, 2)
    are_near = np.abs(years) <= YEARS_APART
    found[are_near & (((years == 0).astype(int) + (months == 0) + (days == 0)) == 2)] = 3
    century = (np.abs(years) == CENTURY) & (months == 0) & (days == 0)
    found[century | (_one_slip(x, y, 8, 10) & ~_generation(x, y))] = 4
    turned = x // 10_000 * 10_000 + x % 100 * 100 + x // 100 % 100
    found[turned == y] = 5
    nobody_knew = (x % 10_000 == FIRST) & (y % 10_000 == FIRST)
    found[nobody_knew] = np.where(np.abs(years[nobody_knew]) > YEARS_APART, 1, 2)
    levels[at] = found
    return levels


def _generation(x: Ints, y: Ints) -> NDArray[np.bool_]:
    """Say which days are as far apart as a child and a parent of the same day and month."""
    years = np.abs(x // 10_000 - y // 10_000)
    are: NDArray[np.bool_] = (np.maximum(x, y) >= CHILDREN) & (years >= 15) & (years <= 60)
    return are


def _one_slip(x: Ints, y: Ints, length: int, base: int) -> NDArray[np.bool_]:
    """Say which numbers differ in one digit, or in two neighbours that changed places."""
    if not len(x):
        return np.zeros(0, bool)
    differing = np.zeros(len(x), np.int64)
    turned = np.zeros(len(x), bool)
    before_x = before_y = np.zeros(len(x), np.int64)
    for _ in range(length):
        x, a = np.divmod(x, base)
        y, b = np.divmod(y, base)
        differing += a != b
        turned |= (a == before_y) & (b == before_x) & (a != b)
        before_x, before_y = a, b
    slips: NDArray[np.bool_] = (differing == 1) | ((differing == 2) & turned)
    return slips


def _sexes(a: Ints, b: Ints, forename: Levels) -> Levels:
    """The sex says little more once the forename is the same."""
    levels = np.where(a == b, 2, 1) + np.where(forename >= Alike.VARIANT, 2, 0)
    return np.where((a == 0) | (b == 0), 0, levels).astype(np.int8)


_AUTHORITIES = np.isin(np.arange(1000), np.array([int(code) for code in authority_codes()]))
_LETTERS36 = np.array([int(letter, 36) for letter in CHECK_LETTERS])


def _are_valid(upns: Ints) -> NDArray[np.bool_]:
    """Say which permanent pupil numbers are somebody's.

    The check letter is right, weights 2 to 13, modulo 23, and there was such an authority.
    """
    if not upns.any():
        return np.zeros(len(upns), bool)
    rest, last = np.divmod(upns, 36)
    letter, digits = np.divmod(rest, 10**11)
    of_authority = _AUTHORITIES[digits // 10**8]
    total = last * 13
    for weight in range(12, 1, -1):
        digits, digit = np.divmod(digits, 10)
        total = total + digit * weight
    valid: NDArray[np.bool_] = (last < 10) & (_LETTERS36[total % 23] == letter + 9) & of_authority
    return valid


@lru_cache(100_000)
def is_permanent_upn(text: str) -> bool:
    """Say whether a text is a pupil number that is for life: a temporary or faulty one is not."""
    upn = pack_upn(text)
    return bool(upn and _are_valid(np.array([upn]))[0])


def _upns(left: Columns, right: Columns) -> Levels:
    a, b, c, d = left.upn, right.upn, left.former_upn, right.former_upn
    levels = np.where(a == b, 6, 2).astype(np.int8)
    none = (a == 0) | (b == 0)
    a_valid, b_valid = _are_valid(a), _are_valid(b)
    levels[(a == b) & ~a_valid] = 4
    levels[(a != b) & a_valid & b_valid] = 1
    odd = np.flatnonzero(~none & (a != b) & ~(a_valid & b_valid))
    if len(odd):
        near = _one_slip(a[odd] // 36, b[odd] // 36, 12, 10) & (a[odd] % 36 == b[odd] % 36)
        near |= (a[odd] // 36 == b[odd] // 36) & (a[odd] % 36 < 10) & (b[odd] % 36 < 10)
        levels[odd[near]] = 3
    levels[none] = 0
    former = ((c > 0) & ((c == b) | (c == d))) | ((d > 0) & (a == d))
    levels[former & (levels < 5)] = 5
    return levels


def _numbers(left: Columns, right: Columns) -> Levels:
    levels = np.zeros(len(left), np.int8)
    for a, b in ((left.uln, right.uln), (left.nhs_number, right.nhs_number)):
        both = (a > 0) & (b > 0)
        if not both.any():
            continue
        levels[both & (a != b) & (levels == 0)] = 1
        levels[both & (a == b)] = 2
    return levels


def _homes(left: Columns, right: Columns, known: Frequencies) -> Levels:
    a, b = left.postcode, right.postcode
    levels = np.where((a == 0) | (b == 0), 0, 1)
    levels[(levels == 1) & (left.district == right.district)] = 2
    slip = np.flatnonzero((levels > 0) & (a != b) & _are_whole(a) & _are_whole(b))
    near = _one_slip(a[slip], b[slip], 8, 36)
    levels[slip[near]] = 3
    both = (left.address != 0) & (right.address != 0)
    both &= (left.street != 0) & (right.street != 0)
    door = both & (left.number == right.number) & (left.street == right.street)
    phone, email, adult = (
        _both_equal(getattr(left, name), getattr(right, name)) & ~_crowded(right, name, known)
        for name in ("phone", "email", "adult")
    )
    levels[adult] = 3
    contact = phone | email
    levels[contact | (door & (left.number > 0))] = 4
    levels[(levels == 0) & both] = 1
    same = _both_equal(a, b)
    levels[same] = 5
    house = door & (left.number > 0)
    levels[(same & house) | (both & (left.address == right.address))] = 6
    shared = (left.number == SHARED) | (right.number == SHARED) | _crowded(right, "address", known)
    levels[shared & (levels > 2) & ~email] = 2  # its telephone may be the hotel's
    levels[shared & email] = 4
    return levels.astype(np.int8)


def _crowded(right: Columns, name: str, known: Frequencies) -> NDArray[np.bool_]:
    """Say where an address, telephone, e-mail address or adult is hardly a home's."""
    crowded = known.crowded.get(name)
    if crowded is None or not len(crowded):
        return np.zeros(len(right), np.bool_)
    column = at_home(right, name)
    found: NDArray[np.bool_] = np.isin(column, crowded) & (column != 0)
    return found


def _are_whole(postcodes: Ints) -> NDArray[np.bool_]:
    """Say which are of some houses, not of a district."""
    whole: NDArray[np.bool_] = postcodes % DISTRICT != 0
    return whole


def _both_equal(a: Ints, b: Ints) -> NDArray[np.bool_]:
    equal: NDArray[np.bool_] = (a == b) & (a != 0)
    return equal


def _times(left: Columns, right: Columns) -> Levels:
    """A child who left before starting elsewhere meets; one on both rolls for long overlaps."""
    known = (left.ends > 0) & (right.starts > 0)
    if not known.any():
        return np.zeros(len(known), np.int8)
    ends, starts = _ordinal(left.ends), _ordinal(right.starts)
    gap = starts - ends
    still = (right.ends == 0) | (_ordinal(right.ends) > _ordinal(left.starts))
    levels = np.where(gap < -30, np.where(still, 1, 2), np.where(gap <= 120, 3, 2))
    return np.where(known, levels, 0).astype(np.int8)


def _ordinal(day: Ints) -> Ints:
    """A number of days, good to one or two, which is all that is asked of it."""
    return day // 10_000 * 365 + day // 100 % 100 * 30 + day % 100
