"""How alike names are, pair by pair, for whole columns: `name_levels` made fast.

Names of one part, nearly all, are compared by compiled code; names of several parts, and pairs
that both have short forms or several spelling classes, by `compare_names` itself. A test holds the
two to the same answers.
"""

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler, Prefix
from rapidfuzz.process import cpdist

from onroll.matching.comparison.name_levels import (  # fmt: skip
    CLOSE,
    LONG_START,
    LONG_TYPO,
    LOOSE,
    SHORT_START,
    SHORT_TYPO,
    NameLevel,
    compare_names,
)
from onroll.matching.records.arrays import Flags, Ints, Levels
from onroll.matching.records.names import Names

_DIFFERENT, _WEAK = np.int8(NameLevel.DIFFERENT), np.int8(NameLevel.WEAK)
_LOOSE, _INITIAL = np.int8(NameLevel.LOOSE), np.int8(NameLevel.INITIAL)


class NameComparer:
    """Compares names, given as places, two by two; each two once."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def of(self, a: Ints, b: Ints) -> Levels:
        """Return the level of likeness of each two names."""
        written = self._names.array("written")
        first, second = written[a], written[b]
        levels = np.where(first == second, NameLevel.EXACT, NameLevel.DIFFERENT).astype(np.int8)
        levels[(first == 0) | (second == 0)] = NameLevel.MISSING
        apart = np.flatnonzero(levels == NameLevel.DIFFERENT)
        if len(apart):
            low, high = np.minimum(a[apart], b[apart]), np.maximum(a[apart], b[apart])
            twos, back = np.unique(low << 32 | high, return_inverse=True)
            levels[apart] = self._distinct(twos >> 32, twos & 0xFFFFFFFF)[back]
        return levels

    def _distinct(self, a: Ints, b: Ints) -> Levels:
        by_hand = self._are_by_hand(a, b)
        levels = np.empty(len(a), np.int8)
        plain = np.flatnonzero(~by_hand)
        if len(plain):
            levels[plain] = self._plain(a[plain], b[plain])
        form = self._names.form
        at = np.flatnonzero(by_hand)
        twos = zip(a[at].tolist(), b[at].tolist(), strict=True)
        levels[at] = [compare_names(form(x), form(y)) for x, y in twos]
        return levels

    def _are_by_hand(self, a: Ints, b: Ints) -> Flags:
        def either(flag_name: str) -> Flags:
            flags = self._names.array(flag_name).astype(bool)
            result_flags: Flags = flags[a] | flags[b]
            return result_flags

        def both(flag_name: str) -> Flags:
            flags = self._names.array(flag_name).astype(bool)
            result_flags: Flags = flags[a] & flags[b]
            return result_flags

        hard: Flags = either("several") | both("short") | (both("table") & either("many"))
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
        begins = (short >= SHORT_START) & (start == short)
        # What comes later overrules what came before.
        of_parts = np.where(weak[a] | weak[b], _WEAK, _DIFFERENT)
        of_parts[begins] = NameLevel.SHORT
        of_parts[begins & (short >= LONG_START)] = NameLevel.PART
        by_letters = np.where(close >= LOOSE, _LOOSE, _DIFFERENT)
        by_letters[(close >= CLOSE) | (edits == 1) | same_sound] = NameLevel.SOUND
        by_letters[(edits == 2) & (long >= LONG_TYPO)] = NameLevel.EDITS
        by_letters[(edits == 1) & (long >= SHORT_TYPO)] = NameLevel.TYPO
        by_letters = np.maximum(of_parts, by_letters)
        single = short == 1
        by_letters[single] = np.where(fits[single], _INITIAL, _DIFFERENT)
        family = self._names.array("family")
        by_letters[family[a] == family[b]] = NameLevel.VARIANT
        return by_letters
