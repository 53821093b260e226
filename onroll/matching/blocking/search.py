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
    ours: Ints | None = None
    """Places on the left to look for; all, if nothing is said."""
    theirs: Ints | None = None
    """Places on the right to look among; all, if nothing is said."""
    weighed: Pairs = NO_PAIRS
    """Pairs that are not wanted again."""

    @property
    def sizes(self) -> tuple[int, int]:
        """How many records are looked for, and among how many."""
        lefts = len(self.left) if self.ours is None else len(self.ours)
        return lefts, len(self.right) if self.theirs is None else len(self.theirs)

    def pairs(self) -> Pairs:
        """Return the pairs worth comparing, by places in the whole lists."""
        left = self.left if self.ours is None else self.left.take(self.ours)
        right = self.right if self.theirs is None else self.right.take(self.theirs)
        found = candidate_pairs(left, right, self.rules)
        ours = found.left if self.ours is None else self.ours[found.left]
        theirs = found.right if self.theirs is None else self.theirs[found.right]
        return Pairs(ours, theirs).without(self.weighed)
