"""From two lists to the pairs worth keeping, each with how well every explanation fits it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from onroll.matching.blocking import (
    AT_A_TIME,
    OTHER_RULES,
    SURE_RULES,
    Keyed,
    Pairs,
    candidates,
)  # fmt: skip
from onroll.matching.comparing import Compared, compare
from onroll.matching.deciding import are_twins, can_link, must_be_asked
from onroll.matching.frequencies import Frequencies, count
from onroll.matching.model import Floats, Model
from onroll.matching.records import Columns, Ints, Names
from onroll.matching.scoring import Scored, score
from onroll.matching.searching import Search

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
class Weighed:
    """Pairs that are worth keeping: their levels, and how well each explanation fits them."""

    pairs: Pairs
    compared: Compared
    scored: Scored

    def joined(self, other: "Weighed") -> "Weighed":
        """Return these pairs and then others."""
        return Weighed.concatenate((self, other))

    @classmethod
    def concatenate(cls, parts: Sequence["Weighed"]) -> "Weighed":
        """Return several lots of pairs as one."""
        return cls(
            Pairs.concatenate([part.pairs for part in parts]),
            Compared.concatenate([part.compared for part in parts]),
            Scored.concatenate([part.scored for part in parts]),
        )


class Engine(Protocol):
    """Finds the pairs of two lists that share a key, and weighs those worth keeping."""

    def weigh(self, search: Search, known: Frequencies, model: Model) -> Weighed:
        """Return the pairs in the order of the left and then of the right list."""


class Threads:
    """The engine of this process: numpy in a few threads."""

    def weigh(self, search: Search, known: Frequencies, model: Model) -> Weighed:
        """Return the pairs in the order of the left and then of the right list."""
        return _weigh(search.pairs(), search.left, search.right, known, model)


THREADS = Threads()


def weigh(
    left: Keyed, right: Keyed, known: Frequencies, model: Model, engine: Engine = THREADS
) -> Weighed:
    """Find the pairs of two lists that are worth comparing, and weigh them.

    First those that share a number, or names and birthday. Two records that then fit one another
    far better than anybody else are settled, and are not tried with all who are a little alike.
    """
    sure = engine.weigh(Search(left, right, SURE_RULES), known, model)
    settled, found = _settled(sure, len(left), len(right), model)
    ours = np.flatnonzero(~settled)
    theirs = np.flatnonzero(~found) if found.sum() > WORTH_PARTING * len(right) else None
    search = Search(left, right, OTHER_RULES, ours, theirs, sure.pairs)
    return sure.joined(engine.weigh(search, known, model))


def within(columns: Columns, names: Names, model: Model) -> Weighed:
    """Return the pairs of one list that may be one child twice, each once and weighed.

    A child may stand in it many times, so no record is another's rival.
    """
    everybody = Keyed(columns, names)
    pairs = candidates(everybody, everybody, (*SURE_RULES, *OTHER_RULES))
    once = pairs.take(np.flatnonzero(pairs.left < pairs.right))
    return _weigh(once, everybody, everybody, count(columns, names), model)


def weigh_pairs(
    pairs: Pairs, left: Keyed, right: Keyed, known: Frequencies, model: Model
) -> Weighed:
    """Weigh pairs; return those worth keeping, in the same order."""
    ours, theirs = left.rows(pairs.left), right.rows(pairs.right)
    compared = compare(ours, theirs, left.names, known)
    scored = score(compared, ours, theirs, left.names, known, model)
    is_worth = scored.weight(FEWEST_UNLISTED) > WORTH_KEEPING
    asked = must_be_asked(compared, scored.expected, model) | are_twins(compared)
    keep = np.flatnonzero(is_worth | asked)
    return Weighed(pairs.take(keep), compared.take(keep), scored.take(keep))


def _weigh(pairs: Pairs, left: Keyed, right: Keyed, known: Frequencies, model: Model) -> Weighed:
    def some(start: int) -> Weighed:
        part = pairs.take(slice(start, start + AT_ONCE))
        return weigh_pairs(part, left, right, known, model)

    with ThreadPoolExecutor(AT_A_TIME) as threads:
        parts = list(threads.map(some, range(0, max(1, len(pairs)), AT_ONCE)))
    return Weighed.concatenate(parts)


def _settled(
    weighed: Weighed, lefts: int, rights: int, model: Model
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
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
    found = np.zeros(lefts, bool), np.zeros(rights, bool)
    found[0][pairs.left[sure]], found[1][pairs.right[sure]] = True, True
    return found


def _greatest(places: Ints, weight: Floats, count: int) -> Floats:
    found = np.full(count, -np.inf)
    np.maximum.at(found, places, weight)
    return found
