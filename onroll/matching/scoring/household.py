"""Households: does the left side show who else is in a home? Then a twin would be seen."""

from dataclasses import dataclass

import numpy as np

from onroll.matching.blocking.candidates import candidate_pairs
from onroll.matching.blocking.keyed import KeyedList
from onroll.matching.blocking.pairs import Pairs
from onroll.matching.blocking.rules import HOUSEHOLD_RULES
from onroll.matching.comparison.dates import DOB_DIFFERENT
from onroll.matching.comparison.homes import HOME_CONTACT
from onroll.matching.comparison.name_levels import NameLevel
from onroll.matching.comparison.vectors import ComparisonVectors, compare_pairs
from onroll.matching.frequencies.of_list import Frequencies
from onroll.matching.model import Model
from onroll.matching.records.arrays import Flags, Ints
from onroll.matching.scoring.candidates import FEWEST_UNLISTED
from onroll.matching.scoring.explanations import Explanations

ENOUGH_HOMES = 20_000
"""From so many left records it is seen whether the left side shows who is in a home."""
CLAIMS = 5.0
"""A record is accounted for if somebody on the left fits it by so much."""
HOME_IS_KNOWN = 2 / 3
ENOUGH_BROTHERS = 20
"""Where so many brothers and sisters are seen, and so large a share of them is accounted for,
the left side shows who is in a home."""


@dataclass(frozen=True)
class Household:
    """How well the left side accounts for the other children of a home."""

    unlisted: float
    """How many of a home's children on the right nobody on the left accounts for."""
    are_known: bool
    """Whether the left side shows nearly all of the children of a home."""


def household_coverage(
    at_home: Pairs, every: Pairs, scored: Explanations, children: int, model: Model
) -> Household:
    """Return how well the left side accounts for the other children of a home.

    Counted over pairs that are plainly two children of one home. A brother on the roll whom the
    old roll shows too is accounted for; if only leavers are known, most brothers are not.
    """
    claims = every.take(np.flatnonzero(scored.weight(model.prior["at_home"]) > CLAIMS))
    claimed = np.unique(claims.right)
    place = np.searchsorted(claimed, at_home.right)
    place[place == len(claimed)] = 0
    accounted = claimed[place] == at_home.right if len(claimed) else np.zeros(len(at_home), bool)
    unknown, pull = int((~accounted).sum()), model.prior["at_home_pull"]
    unlisted = (unknown + pull * model.prior["at_home"]) / (children + pull)
    share = (len(at_home) - unknown) / max(1, len(at_home))
    return Household(
        unlisted=float(min(max(unlisted, FEWEST_UNLISTED), 3.0)),
        are_known=len(at_home) >= ENOUGH_BROTHERS and share >= HOME_IS_KNOWN,
    )


def sibling_pairs(left: KeyedList, right: KeyedList, frequencies: Frequencies) -> Pairs:
    """Return pairs that are plainly two children of one home, for some of the left records."""
    some = np.unique(np.linspace(0, len(left) - 1, min(len(left), ENOUGH_HOMES)).astype(np.int64))
    left_sample = left.take(some)
    pairs = candidate_pairs(left_sample, right, HOUSEHOLD_RULES)
    right_rows = right.rows(pairs.right)
    compared = compare_pairs(left_sample.rows(pairs.left), right_rows, left.names, frequencies)
    are = np.flatnonzero(_are_siblings(compared) & _is_of_age(right_rows.dob, left.columns.dob))
    return Pairs(some[pairs.left[are]], pairs.right[are])


def _is_of_age(born: Ints, left: Ints) -> Flags:
    """Say who was born when nearly all on the left were: parents are no brothers."""
    birthdays = left[left > 0]
    first, last = np.quantile(birthdays, (0.01, 0.99)) if len(birthdays) else (0, 0)
    of_age: Flags = (born >= first) & (born <= last)
    return of_age


def _are_siblings(compared: ComparisonVectors) -> Flags:
    """The same surname and home, another forename, another birthday."""
    born = (compared.dob == DOB_DIFFERENT) | (compared.dob == 1)
    named = (compared.forename == NameLevel.DIFFERENT) & (compared.surname >= NameLevel.EDITS)
    sibling_pairs: Flags = born & named & (compared.home >= HOME_CONTACT)
    return sibling_pairs
