"""Chance that can be repeated: the same seed gives the same borough on every machine."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(seed: int, purpose: str) -> Random:
    """Return a source of chance for one purpose, so that a change in one leaves the others alone.

    Seeded by text, which Python hashes with SHA-512; `hash()`, which differs per run, is not used.
    """
    return Random(f"{seed}/{purpose}")


class Weighted(Generic[T]):
    """Draws one of several things, some more often than others."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._things = list(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, chance: Random) -> T:
        """Return one of the things."""
        return self._things[bisect(self._sums, chance.random() * self._sums[-1])]


class Deck:
    """Deals a rare thing: for certain within the first few draws, then at its rate.

    A plain probability would leave a small borough without the rarest defects; tests want each.
    """

    def __init__(self, chance: Random, *, rate: float, soonest: int = 5) -> None:
        self._chance, self._rate = chance, rate
        self._left = chance.randint(1, soonest)

    def draw(self) -> bool:
        """Say whether this draw is the rare one."""
        self._left -= 1
        if self._left > 0:
            return False
        self._left = max(1, round(self._chance.expovariate(self._rate)))
        return True


def pick(chance: Random, things: Sequence[T]) -> T:
    """Return one of the things, each as likely; twice as fast as `Random.choice`."""
    return things[int(chance.random() * len(things))]
