"""How alike very many names are, two by two: `likeness.alike` for whole columns at once.

Plain names, nearly all, are compared by compiled code; names of several parts, and two that both
have short forms or several classes of spelling, by `alike` itself. A test holds the two together.
"""

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler, Prefix
from rapidfuzz.process import cpdist

from onroll.matching.likeness import (
    CLOSE,
    LONG_START,
    LONG_TYPO,
    LOOSE,
    SHORT_START,
    SHORT_TYPO,
    Alike,
    alike,
)  # fmt: skip
from onroll.matching.records import Ints, Names

Levels = NDArray[np.int8]


class Likeness:
    """Compares names, given as places, two by two; each two once."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def of(self, a: Ints, b: Ints) -> Levels:
        """Return the level of likeness of each two names."""
        written = self._names.array("written")
        one, other = written[a], written[b]
        levels = np.where(one == other, Alike.EXACT, Alike.DIFFERENT).astype(np.int8)
        levels[(one == 0) | (other == 0)] = Alike.MISSING
        apart = np.flatnonzero(levels == Alike.DIFFERENT)
        if len(apart):
            low, high = np.minimum(a[apart], b[apart]), np.maximum(a[apart], b[apart])
            twos, back = np.unique(low << 32 | high, return_inverse=True)
            levels[apart] = self._distinct(twos >> 32, twos & 0xFFFFFFFF)[back]
        return levels

    def _distinct(self, a: Ints, b: Ints) -> Levels:
        by_hand = self._are_by_hand(a, b)
        levels = np.empty(len(a), np.int8)
        plain = np.flatnonzero(~by_hand)
        levels[plain] = self._plain(a[plain], b[plain])
        form = self._names.form
        at = np.flatnonzero(by_hand)
        twos = zip(a[at].tolist(), b[at].tolist(), strict=True)
        levels[at] = [alike(form(x), form(y)) for x, y in twos]
        return levels

    def _are_by_hand(self, a: Ints, b: Ints) -> NDArray[np.bool_]:
        def either(what: str) -> NDArray[np.bool_]:
            flags = self._names.array(what).astype(bool)
            found: NDArray[np.bool_] = flags[a] | flags[b]
            return found

        def both(what: str) -> NDArray[np.bool_]:
            flags = self._names.array(what).astype(bool)
            found: NDArray[np.bool_] = flags[a] & flags[b]
            return found

        hard: NDArray[np.bool_] = (
            either("several") | both("short") | (both("table") & either("many"))
        )
        return hard

    def _plain(self, a: Ints, b: Ints) -> Levels:
        """Names of one part each, at most one of them with short forms."""
        joined = self._names.joined
        left, right = [joined[n] for n in a.tolist()], [joined[n] for n in b.tolist()]
        sizes_a = np.fromiter(map(len, left), np.int64, len(left))
        sizes_b = np.fromiter(map(len, right), np.int64, len(right))
        short, long = np.minimum(sizes_a, sizes_b), np.maximum(sizes_a, sizes_b)
        edits = cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
        close = cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float64)
        start = cpdist(left, right, scorer=Prefix.similarity, dtype=np.int32)
        sound, first = self._names.array("sound"), self._names.array("initial")
        same_sound = (sound[a] == sound[b]) & (self._names.array("sound_length")[a] > 1)
        weak = self._names.array("weak").astype(bool)
        fits = first[a] == first[b]
        of_parts = np.select(
            [(short >= SHORT_START) & (start == short) & (short >= LONG_START),
             (short >= SHORT_START) & (start == short),
             weak[a] | weak[b]],
            [Alike.PART, Alike.SHORT, Alike.WEAK], Alike.DIFFERENT,
        )  # fmt: skip
        of_letters = np.select(
            [(edits == 1) & (long >= SHORT_TYPO), (edits == 2) & (long >= LONG_TYPO),
             (close >= CLOSE) | (edits == 1) | same_sound, close >= LOOSE],
            [Alike.TYPO, Alike.EDITS, Alike.SOUND, Alike.LOOSE], Alike.DIFFERENT,
        )  # fmt: skip
        family = self._names.array("family")
        found: Levels = np.select(
            [family[a] == family[b], short == 1],
            [Alike.VARIANT, np.where(fits, Alike.INITIAL, Alike.DIFFERENT)],
            np.maximum(of_parts, of_letters),
        ).astype(np.int8)
        return found
