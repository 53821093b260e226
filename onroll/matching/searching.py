"""What an engine is asked: the pairs of two lists that share a key by one of some rules.

The threads of this process answer by `linking.Threads`, Spark by `spark.engine.OnSpark`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onroll.matching.blocking import Keyed, Pairs, Rule, candidates
from onroll.matching.records import Ints

NONE = Pairs(np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True)
class Search:
    """Two lists, which of their records to look for, and by what."""

    left: Keyed
    right: Keyed
    rules: Sequence[Rule]
    ours: Ints | None = None
    """Places on the left to look for; all, if nothing is said."""
    theirs: Ints | None = None
    """Places on the right to look among; all, if nothing is said."""
    weighed: Pairs = NONE
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
        found = candidates(left, right, self.rules)
        ours = found.left if self.ours is None else self.ours[found.left]
        theirs = found.right if self.theirs is None else self.theirs[found.right]
        return Pairs(ours, theirs).without(self.weighed)
