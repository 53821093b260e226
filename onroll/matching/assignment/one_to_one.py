"""One-to-one assignment: a child has one record, and a record is of one child.

Rivals take weight from one another, on both sides, over a few rounds: a roll record that a brother
explains better is no evidence for this child (matching.md 3a, 6.2).
"""

from dataclasses import dataclass

import numpy as np

from onroll.matching.blocking.pairs import Pairs
from onroll.matching.records.arrays import Floats, Ints

ROUNDS = 6


@dataclass(frozen=True)
class Contest:
    """For each pair: its standing after competition, and what others took from it."""

    standing: Floats
    lost_to_children: Floats
    lost_to_records: Floats

    def first(self, number: int) -> "Contest":
        """Return the first so many pairs."""
        return Contest(
            self.standing[:number], self.lost_to_children[:number], self.lost_to_records[:number]
        )


def compete(pairs: Pairs, weight: Floats, left_person: Ints, right_person: Ints) -> Contest:
    """Hold pairs against their rivals on both sides.

    `left_person` and `right_person` say which rows describe one person: they are no rivals.
    """
    strength = np.exp2(weight)
    left, right = _numbered(left_person[pairs.left]), _numbered(right_person[pairs.right])
    twos = _numbered(left << 32 | right)
    by_left, by_right = strength, strength
    for _ in range(ROUNDS):
        others_of_right = _others(by_left, right, twos)
        others_of_left = _others(by_right, left, twos)
        by_left = strength / (1 + others_of_left)
        by_right = strength / (1 + others_of_right)
    to_children = np.log2(1 + _others(by_left, right, twos))
    to_records = np.log2(1 + _others(by_right, left, twos))
    return Contest(weight - to_children - to_records, to_children, to_records)


def _numbered(values: Ints) -> Ints:
    """Return small numbers, equal where the values are."""
    return np.searchsorted(np.sort(values), values)


def _others(strength: Floats, group: Ints, twos: Ints) -> Floats:
    """Return, for each pair, the sum over its group without the pair's own two persons."""
    total = np.bincount(group, strength)[group]
    pair_strength = np.bincount(twos, strength)[twos]
    rival_strength: Floats = np.maximum(total - pair_strength, 0.0)
    return rival_strength
