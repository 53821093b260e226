"""How many other children of England agree with a record as well, by name, birthday and sex alone.

A list of nine says nothing of how common its names are, and a namesake is on it for a reason. So a
pair with only name and birthday in common is compared with the country, however long the list.
"""

import numpy as np

from onroll.matching.comparison.dates import DOB_DIGIT, DOB_EQUAL, DOB_PARTS, DOB_SWAPPED, FIRST
from onroll.matching.comparison.homes import HOME_NEAR
from onroll.matching.comparison.name_levels import NameLevel, level_table
from onroll.matching.comparison.vectors import ComparisonVectors
from onroll.matching.frequencies.england import LAST_BEFORE, naming_traditions
from onroll.matching.frequencies.of_list import Frequencies
from onroll.matching.model import Model
from onroll.matching.records.arrays import Floats, Ints
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import PER, SHARES, Names

BORN_IN_A_DAY = 900.0
"""Girls, or boys, of England born on one day: 620,000 to 700,000 children a year."""
ON_THE_FIRST = 40
"""So many more are said to be born on 1 January: where only the year is known it is written, as of
most who came as refugees."""
LEAST_ON_THE_FIRST = 0.5
"""And so many bear any name: those who came so are of few traditions, whose names no table has."""
OF_AN_INITIAL, OF_A_SOUND = 0.06, 10.0
"""The share of forenames with one initial; so many times as many sound like a name as bear it."""
MOST_WITHIN = 0.1
"""No forename is of more of the children of a tradition."""
BIRTHDAYS = {DOB_PARTS: 41.0, DOB_DIGIT: 20.0, DOB_SWAPPED: 1.0, DOB_EQUAL: 1.0}
"""How many birthdays agree with one so far."""
PUPILS, CROWDED = 9_000_000, 3.0
"""Children of school age in England; and how much oftener a name is met where its bearers live."""
ROLL = 2_000
"""So many records are a roll, on which nobody stands for a name."""
DISTRICT, MIDDLE = 0.05, 0.05
"""What a common district, or middle name, leaves of those who agree."""


def share_of_forenames(left: Columns, right: Columns, names: Names, model: Model) -> Floats:
    """Return how common the commoner of two forenames is, among children of the sex and years.

    One that no table has, beside one that a table has, is a way to write that.
    """
    sex = np.where(right.sex > 0, right.sex, left.sex)
    is_since = (np.where(right.dob > 0, right.dob, left.dob) // 10_000) > LAST_BEFORE
    left_share, right_share = (
        _share(side.forename, sex, is_since, names) for side in (left, right)
    )
    plain = np.full(len(left_share), model.prior["plain_forename"])
    return np.where(
        (left_share < 0) & (right_share < 0), plain, np.maximum(left_share, right_share)
    )


def _share(
    places: Ints, sex: Ints, is_since: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    names: Names,
) -> Floats:  # fmt: skip
    """Return the share of each forename; -1 where no table has it."""
    girls_before, girls_since, boys_before, boys_since = (
        names.array(column)[places] / PER for column in SHARES
    )
    girls = np.where(is_since, girls_since, girls_before)
    boys = np.where(is_since, boys_since, boys_before)
    sex_share = np.select([sex == 1, sex == 2], [girls, boys], np.maximum(girls, boys))
    return np.where(names.array(SHARES[0])[places] < 0, -1.0, np.maximum(sex_share, RAREST))


RAREST = 0.00002


def tradition_factor(left: Columns, right: Columns, names: Names, forename: Floats) -> Floats:
    """Return how many times commoner a forename is among those who bear the surname."""
    first, last = names.array("forename_traditions"), names.array("surname_traditions")
    is_listed = (names.array(SHARES[0])[left.forename] >= 0) | (
        names.array(SHARES[0])[right.forename] >= 0
    )
    both = (first[left.forename] | first[right.forename]) & (
        last[left.surname] | last[right.surname]
    )
    factor = np.ones(len(both))
    for place, tradition in enumerate(naming_traditions().values()):
        is_of = (both >> place) & 1 == 1
        factor[is_of] = np.maximum(factor[is_of], 1 / tradition.share)
    most = np.maximum(1.0, MOST_WITHIN / np.maximum(forename, RAREST))
    return np.where(is_listed, np.minimum(factor, most), 1.0)


def expected_others(
    compared: ComparisonVectors,
    left: Columns,
    right: Columns,
    names: Names,
    frequencies: Frequencies,
    model: Model,
) -> Floats:
    """Return how many other children are to be expected who agree as well with a record."""
    forename_share = share_of_forenames(left, right, names, model)
    forename_share = forename_share * tradition_factor(left, right, names, forename_share)
    forename_share = np.where(compared.forename == NameLevel.INITIAL, OF_AN_INITIAL, forename_share)
    forename_share = np.where(
        _SOUNDS[compared.forename], np.minimum(1.0, forename_share * OF_A_SOUND), forename_share
    )
    forename_share = np.where(_AGREES[compared.forename], forename_share, 1.0)
    family = np.maximum(
        *(_surname_share(side.surname, names, frequencies, model) for side in (left, right))
    )
    family = np.where(_AGREES[compared.surname], family, 1.0)
    first = ((left.dob % 10_000 == FIRST) | (right.dob % 10_000 == FIRST)) & (compared.dob > 0)
    day = BORN_IN_A_DAY * np.where(first, ON_THE_FIRST, 1.0) * _birthdays(compared.dob)
    less = np.where(compared.home == 2, DISTRICT, 1.0) * np.where(compared.middle == 3, MIDDLE, 1.0)
    expected: Floats = forename_share * family * day * less
    both = first & (compared.dob == DOB_EQUAL)
    return np.where(both, np.maximum(expected, LEAST_ON_THE_FIRST), expected)


def namesakes(compared: ComparisonVectors, expected: Floats) -> Floats:
    """Return how many others are expected, where names and birthday are all that agrees; else 0."""
    by_number = (compared.upn >= 3) | (compared.numbers == 2)
    alone = (compared.home < HOME_NEAR) & ~by_number & (compared.dob == DOB_EQUAL)
    return np.where(alone & _AGREES[compared.forename] & _AGREES[compared.surname], expected, 0.0)


def share_on_list(size: int) -> float:
    """Return what part of the children of England who agree may stand on a list.

    On a roll, its part of all pupils; a shorter list may have been made of those who agree.
    """
    return min(1.0, CROWDED * size / PUPILS) if size >= ROLL else 1.0


def _birthdays(levels: np.ndarray[tuple[int, ...], np.dtype[np.int8]]) -> Floats:
    every = np.full(DOB_EQUAL + 1, 365.25)
    for level, times in BIRTHDAYS.items():
        every[level] = times
    return every[levels]


def _surname_share(places: Ints, names: Names, frequencies: Frequencies, model: Model) -> Floats:
    families = frequencies.surname_homes.look_up(names.array("family")[places])
    bearers = frequencies.surname_family.look_up(names.array("family")[places])
    stated = names.array("surname_share")[places] / PER
    plain = np.where(families > 1, model.prior["second_family"], model.prior["plain_surname"])
    before = np.maximum(plain, stated)
    pull = model.prior["pull"]
    counted: Floats = (bearers + pull * before) / (frequencies.size + pull)
    return np.maximum(counted, stated)


_SOUNDS = level_table((NameLevel.SOUND, NameLevel.LOOSE))
_AGREES = level_table(
    (
        NameLevel.LOOSE,
        NameLevel.INITIAL,
        NameLevel.REAL,
        NameLevel.SOUND,
        NameLevel.SHORT,
        NameLevel.PART,
        NameLevel.EDITS,
        NameLevel.TYPO,
        NameLevel.VARIANT,
        NameLevel.EXACT,
    )
)
