"""How alike two names are, as a comparison level: for one pair of names."""

from collections.abc import Iterable
from enum import IntEnum

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler

from onroll.matching.names.forms import NameForm
from onroll.matching.records.arrays import Flags

SHORT_TYPO, LONG_TYPO = 4, 6
"""So many letters has a name in which one, or two, may be slips."""
SHORT_START, LONG_START = 4, 10
"""A name that begins another is its short form, if it is so long; a part of it, if so long."""
CLOSE, LOOSE = 0.88, 0.78
"""Jaro-Winkler similarities from which names sound alike, or are a little alike."""


class NameLevel(IntEnum):
    """Levels of likeness; of several pairs of names of two children the highest counts."""

    MISSING = 0
    DIFFERENT = 1
    WEAK = 2
    LOOSE = 3
    INITIAL = 4
    REAL = 5
    SOUND = 6
    SHORT = 7
    PART = 8
    EDITS = 9
    TYPO = 10
    VARIANT = 11
    EXACT = 12


def level_table(levels: Iterable[NameLevel]) -> Flags:
    """Return a table that says of each level whether it is one of these."""
    table = np.zeros(len(NameLevel), bool)
    table[list(levels)] = True
    return table


LEVEL_WORDS = {
    NameLevel.MISSING: "not said in one of them",
    NameLevel.DIFFERENT: "different",
    NameLevel.WEAK: "different, one too common to tell",
    NameLevel.LOOSE: "a little alike",
    NameLevel.INITIAL: "an initial that fits",
    NameLevel.REAL: "alike, but two names of their own",
    NameLevel.SOUND: "sound alike",
    NameLevel.SHORT: "a short form",
    NameLevel.PART: "a part in common",
    NameLevel.EDITS: "two letters apart",
    NameLevel.TYPO: "one letter apart",
    NameLevel.VARIANT: "a spelling of the same name",
    NameLevel.EXACT: "the same",
}


def compare_names(a: NameForm, b: NameForm) -> NameLevel:
    """Return how alike two names are, whichever comes first."""
    if not a.joined or not b.joined:
        return NameLevel.MISSING
    if a.joined == b.joined:
        return NameLevel.EXACT
    if _same_parts(a, b):
        return NameLevel.VARIANT
    if len(a.joined) == 1 or len(b.joined) == 1:
        return NameLevel.INITIAL if a.joined[0] == b.joined[0] else NameLevel.DIFFERENT
    return max(_by_parts(a, b), _by_spelling(a, b))


def _same_parts(a: NameForm, b: NameForm) -> bool:
    if len(a.tokens) == 1 and len(b.tokens) == 1:
        return not a.whole.isdisjoint(b.whole)
    return len(a.tokens) == len(b.tokens) and a.classes == b.classes


def _by_parts(a: NameForm, b: NameForm) -> NameLevel:
    several = len(a.tokens) > 1 or len(b.tokens) > 1
    if several and not a.strong.isdisjoint(b.strong):
        return NameLevel.PART
    if not a.shorts.isdisjoint(b.shorts):
        return NameLevel.SHORT
    short, long = sorted((a.joined, b.joined), key=len)
    if len(short) >= SHORT_START and long.startswith(short):
        return NameLevel.PART if len(short) >= LONG_START else NameLevel.SHORT
    if several and _near_part(a.tokens, b.tokens):
        return NameLevel.SOUND
    return NameLevel.WEAK if a.is_weak or b.is_weak else NameLevel.DIFFERENT


def _near_part(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return any(
        min(len(x), len(y)) >= 4 and OSA.distance(x, y, score_cutoff=1) <= 1 for x in a for y in b
    )


def _by_spelling(a: NameForm, b: NameForm) -> NameLevel:
    """Return how far two whole names agree: by letters changed, by likeness, or by sound."""
    edits = OSA.distance(a.joined, b.joined, score_cutoff=2)
    length = max(len(a.joined), len(b.joined))
    if edits == 1 and length >= SHORT_TYPO:
        return NameLevel.TYPO
    if edits == 2 and length >= LONG_TYPO:
        return NameLevel.EDITS
    close = JaroWinkler.similarity(a.joined, b.joined)
    if close >= CLOSE or edits == 1 or (a.sound == b.sound and len(a.sound) > 1):
        return NameLevel.SOUND
    return NameLevel.LOOSE if close >= LOOSE else NameLevel.DIFFERENT
