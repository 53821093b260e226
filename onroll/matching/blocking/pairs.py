"""Pairs of records, as places in the left and the right list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.records.arrays import Ints


@dataclass(frozen=True)
class Pairs:
    """Places in the left and in the right list, each pair once."""

    left: Ints
    right: Ints

    def __len__(self) -> int:
        return len(self.left)

    def take(self, places: NDArray[Any] | slice) -> "Pairs":
        """Return some of the pairs."""
        return Pairs(self.left[places], self.right[places])

    def without(self, excluded: "Pairs") -> "Pairs":
        """Return the pairs that are not among others."""
        if not len(excluded):
            return self
        width = max(int(self.right.max(initial=0)), int(excluded.right.max())) + 1
        excluded_codes = np.sort(excluded.left * width + excluded.right)
        codes = self.left * width + self.right
        place = np.minimum(np.searchsorted(excluded_codes, codes), len(excluded_codes) - 1)
        return self.take(np.flatnonzero(excluded_codes[place] != codes))

    def joined(self, addition: "Pairs") -> "Pairs":
        """Return these pairs and then others."""
        return Pairs.concatenate((self, addition))

    @classmethod
    def concatenate(cls, parts: Sequence["Pairs"]) -> "Pairs":
        """Return several lots of pairs as one."""
        return cls(
            np.concatenate([part.left for part in parts]),
            np.concatenate([part.right for part in parts]),
        )
