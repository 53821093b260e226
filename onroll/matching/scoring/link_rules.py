"""Which pairs a machine may link, and which an officer must review, whatever their weight."""

import numpy as np

from onroll.matching.comparison.dates import DOB_EQUAL, DOB_PARTS
from onroll.matching.comparison.homes import HOME_CONTACT, HOME_NEAR
from onroll.matching.comparison.name_levels import NameLevel, level_table
from onroll.matching.comparison.vectors import ComparisonVectors
from onroll.matching.model import Model
from onroll.matching.records.arrays import Flags, Floats


def match_probabilities(standing: Floats, model: Model, *, is_home_known: bool) -> Floats:
    """Return standings as probabilities that mean what they say on sets with known answers."""
    slope, shift = model.calibration["home_known" if is_home_known else "home_unknown"]
    return 1 / (1 + np.exp2(-np.clip(slope * standing + shift, -60, 60)))


def can_link(
    compared: ComparisonVectors, expected: Floats, model: Model, *, is_home_known: bool
) -> Flags:
    """Say which pairs agree enough on the child, not the home, that a machine may link them.

    Two of forename, surname and birthday that agree or nearly do, the forename among them; or a
    number and the forename. Two names of their own are never one, and a boy and a girl of two
    names never: those may be twins, though they share a number; nor are two of one home and
    birthday whose middle names differ, Mary Ann and Mary Grace. With nothing else in common but
    name and birthday, or with common names and another birthday in one home, where cousins live,
    no more `expected` others may be in England than the model allows.
    """
    forename, surname = _NEAR_LEVELS[compared.forename], _NEAR_LEVELS[compared.surname]
    weak = surname | level_table((NameLevel.WEAK, NameLevel.REAL))[compared.surname]
    clear = _CLEAR[compared.forename] & _CLEAR[compared.surname]
    born, equal = compared.dob >= DOB_PARTS, compared.dob == DOB_EQUAL
    at_home, numbered = compared.home >= HOME_NEAR, (compared.upn >= 5) | (compared.numbers == 2)
    unsaid = (compared.surname == NameLevel.MISSING) & is_home_known
    renamed = equal & (at_home | numbered | (compared.surname == NameLevel.MISSING))
    may_be_twin = (compared.forename == NameLevel.LOOSE) & equal & (compared.home >= HOME_CONTACT)
    named = forename & ~may_be_twin & ((born & (weak | unsaid)) | renamed)
    nameless = (compared.forename == NameLevel.MISSING) & _CLEAR[compared.surname] & equal
    by_number = numbered & ((forename & (born | weak)) | nameless)
    two_numbers = (compared.upn == 1) | (compared.numbers == 1)
    initialled = _SURE[compared.forename] & (compared.surname == NameLevel.INITIAL)
    by_names = (initialled | (_SURE[compared.forename] & clear)) & (compared.dob != 1)
    by_home = at_home & is_home_known & by_names
    most_at_home = np.where(equal, np.inf, model.prior["expected_near"])
    renumbered = at_home & is_home_known & clear & equal
    has_number = numbered | (compared.upn == 3) | (compared.upn == 4)
    most = np.where(at_home | (compared.time == 3), most_at_home, model.prior["expected"])
    enough = has_number | (expected <= most)
    linkable: Flags = np.where(two_numbers, renumbered, named | by_number | by_home)
    other_middle = (compared.middle == 1) & equal & at_home & ~has_number
    linkable &= enough & (compared.sex != 1) & ~other_middle
    return linkable


def need_review(compared: ComparisonVectors, expected: Floats, model: Model) -> Flags:
    """Say which pairs a person must see, however unlikely: nobody may take these for new.

    All that both say of names agrees, where one has only one name, or neither has any, on one
    birthday; or both names agree and the birthday nearly, and few others like that are expected.
    Neither the sex nor a number is against it. And who has another's number is asked about where
    the birthday or the forename is the same too: a twin may have been given it.
    """
    forename, surname = compared.forename, compared.surname
    is_missing = np.array([level == NameLevel.MISSING for level in NameLevel])
    surname_only = is_missing[forename] & (_CLEAR[surname] | is_missing[surname])
    forename_only = is_missing[surname] & _CLEAR[forename]
    equal = compared.dob == DOB_EQUAL
    nearly = (compared.dob >= DOB_PARTS) & _SURE[forename] & _CLEAR[surname]
    nearly &= expected <= model.prior["expected_asked"]
    against = (compared.upn == 1) | (compared.numbers == 1) | (compared.sex == 1)
    numbered = (compared.upn >= 5) | (compared.numbers == 2)
    shared = numbered & (equal | _CLEAR[forename])
    review: Flags = ((((surname_only | forename_only) & equal) | nearly) & ~against) | shared
    return review


def may_be_twins(compared: ComparisonVectors) -> Flags:
    """Say which pairs have one birthday, home and surname, but another sex and another forename.

    Nearly always they are twins; now and then one child, of whom one record is wrong.
    """
    surname = _CLEAR[compared.surname] | (compared.surname == NameLevel.WEAK)
    twins: Flags = (
        (compared.dob == DOB_EQUAL)
        & (compared.home >= HOME_CONTACT)
        & (compared.sex == 1)
        & surname
    )
    return twins


_NEAR_LEVELS = level_table(
    (
        NameLevel.LOOSE,
        NameLevel.INITIAL,
        NameLevel.SOUND,
        NameLevel.SHORT,
        NameLevel.PART,
        NameLevel.EDITS,
        NameLevel.TYPO,
        NameLevel.VARIANT,
        NameLevel.EXACT,
    )
)
_SURE = level_table((NameLevel.VARIANT, NameLevel.EXACT))
_CLEAR = level_table(
    (
        NameLevel.SHORT,
        NameLevel.PART,
        NameLevel.EDITS,
        NameLevel.TYPO,
        NameLevel.VARIANT,
        NameLevel.EXACT,
    )
)
