"""Candidate pairs of two lists, found and scored; pairs that are no rivals are dropped."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from onroll.matching.blocking.candidates import AT_A_TIME, candidate_pairs
from onroll.matching.blocking.keyed import KeyedList
from onroll.matching.blocking.pairs import Pairs  # fmt: skip
from onroll.matching.blocking.rules import STRONG_RULES, WIDE_RULES
from onroll.matching.blocking.search import Search
from onroll.matching.comparison.vectors import ComparisonVectors, compare_pairs
from onroll.matching.frequencies.of_list import Frequencies, count
from onroll.matching.model import Model
from onroll.matching.records.arrays import Flags, Floats, Ints
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import Names
from onroll.matching.scoring.explanations import Explanations, score_pairs
from onroll.matching.scoring.link_rules import can_link, may_be_twins, need_review

AT_ONCE = 1 << 17
"""So many pairs are compared at once."""
WORTH_PARTING = 0.3
"""Records that are settled are put aside if they are so large a share."""
SETTLED, CLEARLY = 13.0, 11.0
"""Two records of such a weight, and so far ahead of all others, need no more candidates."""
WORTH_KEEPING = -12.0
"""Pairs below this are no candidates, and no rivals worth the memory."""
FEWEST_UNLISTED = 0.02


@dataclass(frozen=True)
class ScoredPairs:
    """Pairs that are worth keeping: their levels, and how well each explanation fits them."""

    pairs: Pairs
    compared: ComparisonVectors
    scored: Explanations

    def joined(self, addition: "ScoredPairs") -> "ScoredPairs":
        """Return these pairs and then others."""
        return ScoredPairs.concatenate((self, addition))

    @classmethod
    def concatenate(cls, parts: Sequence["ScoredPairs"]) -> "ScoredPairs":
        """Return several lots of pairs as one."""
        return cls(
            Pairs.concatenate([part.pairs for part in parts]),
            ComparisonVectors.concatenate([part.compared for part in parts]),
            Explanations.concatenate([part.scored for part in parts]),
        )


class Engine(Protocol):
    """Finds the pairs of two lists that share a key, and weighs those worth keeping."""

    def score(self, search: Search, frequencies: Frequencies, model: Model) -> ScoredPairs:
        """Return the pairs in the order of the left and then of the right list."""


class ThreadEngine:
    """The engine of this process: numpy in a few threads."""

    def score(self, search: Search, frequencies: Frequencies, model: Model) -> ScoredPairs:
        """Return the pairs in the order of the left and then of the right list."""
        return score_in_threads(search.pairs(), search.left, search.right, frequencies, model)


THREADS = ThreadEngine()


def score_candidates(
    left: KeyedList,
    right: KeyedList,
    frequencies: Frequencies,
    model: Model,
    engine: Engine = THREADS,
) -> ScoredPairs:
    """Find the pairs of two lists that are worth comparing, and weigh them.

    First those that share a number, or names and birthday. Two records that then fit one another
    far better than anybody else are settled, and are not tried with all who are a little alike.
    """
    sure = engine.score(Search(left, right, STRONG_RULES), frequencies, model)
    settled, taken = _settled(sure, len(left), len(right), model)
    left_places = np.flatnonzero(~settled)
    right_places = np.flatnonzero(~taken) if taken.sum() > WORTH_PARTING * len(right) else None
    search = Search(left, right, WIDE_RULES, left_places, right_places, sure.pairs)
    return sure.joined(engine.score(search, frequencies, model))


def duplicates_within(columns: Columns, names: Names, model: Model) -> ScoredPairs:
    """Return the pairs of one list that may be one child twice, each once and weighed.

    A child may stand in it many times, so no record is another's rival.
    """
    everybody = KeyedList(columns, names)
    pairs = candidate_pairs(everybody, everybody, (*STRONG_RULES, *WIDE_RULES))
    distinct = pairs.take(np.flatnonzero(pairs.left < pairs.right))
    return score_in_threads(distinct, everybody, everybody, count(columns, names), model)


def score_batch(
    pairs: Pairs, left: KeyedList, right: KeyedList, frequencies: Frequencies, model: Model
) -> ScoredPairs:
    """Weigh pairs; return those worth keeping, in the same order."""
    left_rows, right_rows = left.rows(pairs.left), right.rows(pairs.right)
    compared = compare_pairs(left_rows, right_rows, left.names, frequencies)
    scored = score_pairs(compared, left_rows, right_rows, left.names, frequencies, model)
    is_worth = scored.weight(FEWEST_UNLISTED) > WORTH_KEEPING
    review = need_review(compared, scored.expected, model) | may_be_twins(compared)
    keep = np.flatnonzero(is_worth | review)
    return ScoredPairs(pairs.take(keep), compared.take(keep), scored.take(keep))


def score_in_threads(
    pairs: Pairs, left: KeyedList, right: KeyedList, frequencies: Frequencies, model: Model
) -> ScoredPairs:
    def some(start: int) -> ScoredPairs:
        part = pairs.take(slice(start, start + AT_ONCE))
        return score_batch(part, left, right, frequencies, model)

    with ThreadPoolExecutor(AT_A_TIME) as threads:
        parts = list(threads.map(some, range(0, max(1, len(pairs)), AT_ONCE)))
    return ScoredPairs.concatenate(parts)


def _settled(weighed: ScoredPairs, lefts: int, rights: int, model: Model) -> tuple[Flags, Flags]:
    """Say which records on the left and on the right need no more candidates."""
    weight, pairs = weighed.scored.weight(model.prior["at_home"]), weighed.pairs
    sides = (pairs.left, lefts), (pairs.right, rights)
    best = np.ones(len(pairs), bool)
    for places, number in sides:
        best &= weight == _greatest(places, weight, number)[places]
    runners = np.where(best, -np.inf, weight)
    linkable = can_link(weighed.compared, weighed.scored.expected, model, is_home_known=False)
    sure = best & (weight >= SETTLED) & linkable
    for places, number in sides:
        sure &= weight - _greatest(places, runners, number)[places] >= CLEARLY
        sure &= np.bincount(places[best], minlength=number)[places] == 1
    settled = np.zeros(lefts, bool), np.zeros(rights, bool)
    settled[0][pairs.left[sure]], settled[1][pairs.right[sure]] = True, True
    return settled


def _greatest(places: Ints, weight: Floats, count: int) -> Floats:
    greatest = np.full(count, -np.inf)
    np.maximum.at(greatest, places, weight)
    return greatest
