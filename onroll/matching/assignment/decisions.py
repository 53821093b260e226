"""From scored pairs to an answer for each record: the same child, a new child, or unsure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onroll.matching.answers import Kind
from onroll.matching.blocking.pairs import Pairs
from onroll.matching.model import Model
from onroll.matching.records.arrays import Flags, Floats, Ints, mix_columns
from onroll.matching.records.columns import Columns

MOST_SHOWN = 5


@dataclass(frozen=True)
class Decisions:
    """For each left record its answer, a place in `KINDS`; and for each pair what is shown."""

    kinds: NDArray[np.int64]
    shown: Ints
    """Places in the pairs, by left record and the best first."""
    margin: Floats
    probability: Floats


def person_numbers(columns: Columns, forms: Ints, *, after: int = 0) -> Ints:
    """Return a number for each row, equal for rows that describe one person in the same words.

    `forms` has the folded spelling of each name. Two children may share name, birthday and sex:
    the pupil number must be the same too, or where there is none the postcode. Rows lacking a
    name, a birthday or both of these are each taken for a person of their own; `after` so many
    rows of another list, for whose persons these must not be taken.
    """
    sure = np.where(columns.upn != 0, columns.upn, columns.postcode)
    parts = forms[columns.forename], forms[columns.surname], columns.dob, columns.sex + 1, sure
    key = mix_columns(*parts).view(np.int64)
    return np.where(key != 0, key, -1 - after - np.arange(len(key)))


def decide_records(
    count: int,
    pairs: Pairs,
    standing: Floats,
    probability: Floats,
    linkable: Flags,
    review: Flags,
    right_person: Ints,
    least: float,
    model: Model,
) -> Decisions:
    """Decide for each of `count` left records.

    `least` is the probability a link asks for; pairs in `asked` are shown however unlikely.
    """
    order = np.lexsort((pairs.right, -standing, pairs.left))
    left, right = pairs.left[order], right_person[pairs.right[order]]
    margin = np.empty(len(order))
    margin[order] = _margins(left, right, standing[order])
    rank = np.arange(len(order)) - np.searchsorted(left, left)
    is_likely = (probability[order] >= model.answers["new"]) | review[order]
    likely = order[is_likely & (rank < MOST_SHOWN)]
    first = order[rank == 0]
    sure = linkable[first] & (probability[first] >= least)
    sure &= margin[first] >= model.answers["margin"]
    same = np.zeros(count, bool)
    same[pairs.left[first[sure]]] = True
    candidates_shown = likely[~same[pairs.left[likely]] | np.isin(likely, first)]
    some = np.zeros(count, bool)
    some[pairs.left[candidates_shown]] = True
    kinds = np.where(same, _SAME, np.where(some, _UNSURE, _NEW))
    return Decisions(kinds, candidates_shown, margin, probability)


ANSWER_KINDS = (Kind.NEW, Kind.UNSURE, Kind.SAME)
_NEW, _UNSURE, _SAME = range(3)


def _margins(left: Ints, person: Ints, standing: Floats) -> Floats:
    """How much better each candidate stands than the best other person its child could be.

    All are ordered by child and then by standing.
    """
    starts = np.searchsorted(left, left)
    best = standing[starts]
    is_first = person == person[starts]
    number = np.arange(len(left))
    rivals = np.where(is_first, len(left), number)
    second = np.minimum.reduceat(rivals, np.unique(starts)) if len(left) else rivals
    second = second[np.searchsorted(np.unique(starts), starts)] if len(left) else second
    runner_up = np.append(standing, -np.inf)[np.minimum(second, len(left))]
    margins: Floats = np.where(is_first, standing - runner_up, standing - best)
    return margins
