"""From pairs to answers: the same child, a new child, or unsure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onroll.matching.answers import Kind
from onroll.matching.blocking import Pairs
from onroll.matching.comparing import DOB_EQUAL, DOB_PARTS, HOME_CONTACT, Compared
from onroll.matching.likeness import Alike
from onroll.matching.model import Floats, Model
from onroll.matching.records import Columns, Ints

MOST_SHOWN = 5


@dataclass(frozen=True)
class Answered:
    """For each left record its answer, and the places (in the pairs) of the candidates shown."""

    kinds: Sequence[Kind]
    shown: Sequence[Sequence[int]]
    margin: Floats
    probability: Floats


def persons(columns: Columns, forms: Ints, start: int = 0) -> Ints:
    """Return a number for each row, equal for rows that describe one person in the same words.

    `forms` has the folded spelling of each name. Rows lacking a name, a birthday or the sex are
    each taken for a person of their own.
    """
    table = np.stack(
        [forms[columns.forename], forms[columns.surname], columns.dob, columns.sex], axis=1
    )
    _, found = np.unique(table, axis=0, return_inverse=True)
    said = (table != 0).all(axis=1)
    return np.where(said, found, len(found) + np.arange(len(found))) + start


def probabilities(standing: Floats) -> Floats:
    """Return powers of two as probabilities."""
    return 1 / (1 + np.exp2(-np.clip(standing, -60, 60)))


def can_link(compared: Compared, *, is_home_known: bool) -> NDArray[np.bool_]:
    """Say which pairs agree enough on the child, not the home, that a machine may link them.

    Two of forename, surname and birthday that agree or nearly do, the forename among them; or a
    number and one of them. Where the left side shows who else is in the home, and nobody there
    fits the record, the birthday and surname may stand without the forename: there is no twin.
    """
    forename, surname = np.isin(compared.forename, _NEAR), np.isin(compared.surname, _NEAR)
    weak = surname | (compared.surname == Alike.WEAK)
    clear = np.isin(compared.forename, _CLEAR) & np.isin(compared.surname, _CLEAR)
    born, equal = compared.dob >= DOB_PARTS, compared.dob == DOB_EQUAL
    named = forename & ((born & weak) | equal)
    numbered = (compared.upn >= 5) | (compared.numbers == 2)
    by_number = numbered & ((forename & (born | weak)) | (equal & is_home_known))
    two_numbers = (compared.upn == 1) | (compared.numbers == 1)
    at_home = (compared.home >= HOME_CONTACT) & is_home_known
    by_home = at_home & ((equal & weak & (compared.sex != 1)) | (clear & (compared.dob != 1)))
    renumbered = at_home & clear & equal
    return np.where(two_numbers, renumbered, named | by_number | by_home)


_NEAR = (
    Alike.LOOSE, Alike.INITIAL, Alike.REAL, Alike.SOUND, Alike.SHORT, Alike.PART, Alike.EDITS,
    Alike.TYPO, Alike.VARIANT, Alike.EXACT,
)  # fmt: skip


_CLEAR = (
    Alike.SHORT, Alike.PART, Alike.EDITS, Alike.TYPO, Alike.VARIANT, Alike.EXACT,
)  # fmt: skip


def decide(
    count: int,
    pairs: Pairs,
    standing: Floats,
    linkable: NDArray[np.bool_],
    right_person: Ints,
    model: Model,
) -> Answered:
    """Decide for each of `count` left records. `pairs` are ordered by left record."""
    probability = probabilities(standing)
    order = np.lexsort((pairs.right, -standing, pairs.left))
    starts = np.searchsorted(pairs.left[order], np.arange(count + 1))
    kinds, shown = [], []
    margin = np.full(len(pairs), np.inf)
    for i in range(count):
        places = order[starts[i] : starts[i + 1]]
        kind, kept = _one(places, pairs, standing, probability, linkable, right_person, model)
        if len(kept):
            margin[kept] = _margins(kept, places, pairs, standing, right_person)
        kinds.append(kind)
        shown.append([int(place) for place in kept])
    return Answered(kinds, shown, margin, probability)


def _one(
    places: NDArray[np.int64],
    pairs: Pairs,
    standing: Floats,
    probability: Floats,
    linkable: NDArray[np.bool_],
    right_person: Ints,
    model: Model,
) -> tuple[Kind, NDArray[np.int64]]:
    likely = places[probability[places] >= model.answers["new"]][:MOST_SHOWN]
    if not len(likely):
        return Kind.NEW, places[:0]
    best = likely[0]
    margin = _margins(likely[:1], places, pairs, standing, right_person)[0]
    sure = probability[best] >= model.answers["same"] and linkable[best]
    if sure and margin >= model.answers["margin"]:
        return Kind.SAME, likely[:1]
    return Kind.UNSURE, likely


def _margins(
    kept: NDArray[np.int64],
    places: NDArray[np.int64],
    pairs: Pairs,
    standing: Floats,
    right_person: Ints,
) -> Floats:
    """How much better a candidate stands than the best that is another person."""
    margins = []
    for place in kept:
        me = right_person[pairs.right[place]]
        others = places[right_person[pairs.right[places]] != me]
        margins.append(standing[place] - standing[others[0]] if len(others) else np.inf)
    return np.array(margins)
