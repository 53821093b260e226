"""What an engine is asked for: the candidate pairs of two lists, by some rules.

This process answers with threads (`scoring.candidates`), Spark with `spark.engine`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onroll.matching.blocking.candidates import candidate_pairs
from onroll.matching.blocking.keyed import KeyedList
from onroll.matching.blocking.pairs import Pairs
from onroll.matching.blocking.rules import BlockingRule
from onroll.matching.records.arrays import Ints

NO_PAIRS = Pairs(np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True)
class Search:
    """Two lists, which of their records to look for, and by what."""

    left: KeyedList
    right: KeyedList
    rules: Sequence[BlockingRule]
    left_places: Ints | None = None
    """Places of the records on the left to look for; all if None."""
    right_places: Ints | None = None
    """Places of the records on the right to look among; all if None."""
    weighed: Pairs = NO_PAIRS
    """Pairs that are not wanted again."""

    @property
    def sizes(self) -> tuple[int, int]:
        """How many records are looked for, and among how many."""
        lefts = len(self.left) if self.left_places is None else len(self.left_places)
        return lefts, len(self.right) if self.right_places is None else len(self.right_places)

    def pairs(self) -> Pairs:
        """Return the pairs worth comparing, by places in the whole lists."""
        left = self.left if self.left_places is None else self.left.take(self.left_places)
        right = self.right if self.right_places is None else self.right.take(self.right_places)
        pairs = candidate_pairs(left, right, self.rules)
        left_places = pairs.left if self.left_places is None else self.left_places[pairs.left]
        right_places = pairs.right if self.right_places is None else self.right_places[pairs.right]
        return Pairs(left_places, right_places).without(self.weighed)
