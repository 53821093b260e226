"""From pairs to answers: the same child, a new child, or unsure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onroll.matching.answers import Kind
from onroll.matching.blocking import Pairs, mixed
from onroll.matching.comparing import DOB_EQUAL, DOB_PARTS, HOME_CONTACT, HOME_NEAR, Compared
from onroll.matching.likeness import Alike, among
from onroll.matching.model import Floats, Model
from onroll.matching.records import Columns, Ints

MOST_SHOWN = 5


@dataclass(frozen=True)
class Answered:
    """For each left record its answer, a place in `KINDS`; and for each pair what is shown."""

    kinds: NDArray[np.int64]
    shown: Ints
    """Places in the pairs, by left record and the best first."""
    margin: Floats
    probability: Floats


def persons(columns: Columns, forms: Ints, *, after: int = 0) -> Ints:
    """Return a number for each row, equal for rows that describe one person in the same words.

    `forms` has the folded spelling of each name. Two children may share name, birthday and sex:
    the pupil number must be the same too, or where there is none the postcode. Rows lacking a
    name, a birthday or both of these are each taken for a person of their own; `after` so many
    rows of another list, for whose persons these must not be taken.
    """
    sure = np.where(columns.upn != 0, columns.upn, columns.postcode)
    parts = forms[columns.forename], forms[columns.surname], columns.dob, columns.sex + 1, sure
    key = mixed(*parts).view(np.int64)
    return np.where(key != 0, key, -1 - after - np.arange(len(key)))


def probabilities(standing: Floats, model: Model, *, is_home_known: bool) -> Floats:
    """Return standings as probabilities that mean what they say on sets with known answers."""
    slope, shift = model.calibration["home_known" if is_home_known else "home_unknown"]
    return 1 / (1 + np.exp2(-np.clip(slope * standing + shift, -60, 60)))


def can_link(
    compared: Compared, expected: Floats, model: Model, *, is_home_known: bool
) -> NDArray[np.bool_]:
    """Say which pairs agree enough on the child, not the home, that a machine may link them.

    Two of forename, surname and birthday that agree or nearly do, the forename among them; or a
    number and the forename. Two names of their own are never one, and a boy and a girl of two
    names never: those may be twins, though they share a number; nor are two of one home and
    birthday whose middle names differ, Mary Ann and Mary Grace. With nothing else in common but
    name and birthday, or with common names and another birthday in one home, where cousins live,
    no more `expected` others may be in England than the model allows.
    """
    forename, surname = _NEAR[compared.forename], _NEAR[compared.surname]
    weak = surname | among((Alike.WEAK, Alike.REAL))[compared.surname]
    clear = _CLEAR[compared.forename] & _CLEAR[compared.surname]
    born, equal = compared.dob >= DOB_PARTS, compared.dob == DOB_EQUAL
    at_home, numbered = compared.home >= HOME_NEAR, (compared.upn >= 5) | (compared.numbers == 2)
    unsaid = (compared.surname == Alike.MISSING) & is_home_known
    renamed = equal & (at_home | numbered | (compared.surname == Alike.MISSING))
    may_be_twin = (compared.forename == Alike.LOOSE) & equal & (compared.home >= HOME_CONTACT)
    named = forename & ~may_be_twin & ((born & (weak | unsaid)) | renamed)
    nameless = (compared.forename == Alike.MISSING) & _CLEAR[compared.surname] & equal
    by_number = numbered & ((forename & (born | weak)) | nameless)
    two_numbers = (compared.upn == 1) | (compared.numbers == 1)
    initialled = _SURE[compared.forename] & (compared.surname == Alike.INITIAL)
    by_names = (initialled | (_SURE[compared.forename] & clear)) & (compared.dob != 1)
    by_home = at_home & is_home_known & by_names
    most_at_home = np.where(equal, np.inf, model.prior["expected_near"])
    renumbered = at_home & is_home_known & clear & equal
    has_number = numbered | (compared.upn == 3) | (compared.upn == 4)
    most = np.where(at_home | (compared.time == 3), most_at_home, model.prior["expected"])
    enough = has_number | (expected <= most)
    linkable: NDArray[np.bool_] = np.where(two_numbers, renumbered, named | by_number | by_home)
    other_middle = (compared.middle == 1) & equal & at_home & ~has_number
    linkable &= enough & (compared.sex != 1) & ~other_middle
    return linkable


def must_be_asked(compared: Compared, expected: Floats, model: Model) -> NDArray[np.bool_]:
    """Say which pairs a person must see, however unlikely: nobody may take these for new.

    All that both say of names agrees, where one has only one name, or neither has any, on one
    birthday; or both names agree and the birthday nearly, and few others like that are expected.
    Neither the sex nor a number is against it. And who has another's number is asked about where
    the birthday or the forename is the same too: a twin may have been given it.
    """
    forename, surname = compared.forename, compared.surname
    is_missing = np.array([level == Alike.MISSING for level in Alike])
    one = is_missing[forename] & (_CLEAR[surname] | is_missing[surname])
    other = is_missing[surname] & _CLEAR[forename]
    equal = compared.dob == DOB_EQUAL
    near = (compared.dob >= DOB_PARTS) & _SURE[forename] & _CLEAR[surname]
    near &= expected <= model.prior["expected_asked"]
    against = (compared.upn == 1) | (compared.numbers == 1) | (compared.sex == 1)
    numbered = (compared.upn >= 5) | (compared.numbers == 2)
    shared = numbered & (equal | _CLEAR[forename])
    asked: NDArray[np.bool_] = ((((one | other) & equal) | near) & ~against) | shared
    return asked


def are_twins(compared: Compared) -> NDArray[np.bool_]:
    """Say which pairs have one birthday, home and surname, but another sex and another forename.

    Nearly always they are twins; now and then one child, of whom one record is wrong.
    """
    surname = _CLEAR[compared.surname] | (compared.surname == Alike.WEAK)
    twins: NDArray[np.bool_] = (
        (compared.dob == DOB_EQUAL)
        & (compared.home >= HOME_CONTACT)
        & (compared.sex == 1)
        & surname
    )
    return twins


_NEAR = among((
    Alike.LOOSE, Alike.INITIAL, Alike.SOUND, Alike.SHORT, Alike.PART, Alike.EDITS, Alike.TYPO,
    Alike.VARIANT, Alike.EXACT,
))  # fmt: skip
_SURE = among((Alike.VARIANT, Alike.EXACT))
_CLEAR = among((
    Alike.SHORT, Alike.PART, Alike.EDITS, Alike.TYPO, Alike.VARIANT, Alike.EXACT,
))  # fmt: skip


def decide(
    count: int,
    pairs: Pairs,
    standing: Floats,
    probability: Floats,
    linkable: NDArray[np.bool_],
    asked: NDArray[np.bool_],
    right_person: Ints,
    least: float,
    model: Model,
) -> Answered:
    """Decide for each of `count` left records.

    `least` is the probability a link asks for; pairs in `asked` are shown however unlikely.
    """
    order = np.lexsort((pairs.right, -standing, pairs.left))
    left, right = pairs.left[order], right_person[pairs.right[order]]
    margin = np.empty(len(order))
    margin[order] = _margins(left, right, standing[order])
    rank = np.arange(len(order)) - np.searchsorted(left, left)
    is_likely = (probability[order] >= model.answers["new"]) | asked[order]
    likely = order[is_likely & (rank < MOST_SHOWN)]
    first = order[rank == 0]
    sure = linkable[first] & (probability[first] >= least)
    sure &= margin[first] >= model.answers["margin"]
    same = np.zeros(count, bool)
    same[pairs.left[first[sure]]] = True
    shown = likely[~same[pairs.left[likely]] | np.isin(likely, first)]
    some = np.zeros(count, bool)
    some[pairs.left[shown]] = True
    kinds = np.where(same, _SAME, np.where(some, _UNSURE, _NEW))
    return Answered(kinds, shown, margin, probability)


KINDS = (Kind.NEW, Kind.UNSURE, Kind.SAME)
_NEW, _UNSURE, _SAME = range(3)


def _margins(left: Ints, person: Ints, standing: Floats) -> Floats:
    """How much better each candidate stands than the best other person its child could be.

    All are ordered by child and then by standing.
    """
    starts = np.searchsorted(left, left)
    best = standing[starts]
    is_first = person == person[starts]
    number = np.arange(len(left))
    others = np.where(is_first, len(left), number)
    second = np.minimum.reduceat(others, np.unique(starts)) if len(left) else others
    second = second[np.searchsorted(np.unique(starts), starts)] if len(left) else second
    runner_up = np.append(standing, -np.inf)[np.minimum(second, len(left))]
    margins: Floats = np.where(is_first, standing - runner_up, standing - best)
    return margins
