"""How alike two names are, in levels. The same function serves a list of millions and one child."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler

from onroll.matching.keys import fold, sound
from onroll.matching.variants import classes, tables
from onroll.placeholders import name_without

SHORT_TYPO, LONG_TYPO = 4, 6
"""So many letters has a name in which one, or two, may be slips."""
SHORT_START, LONG_START = 4, 10
"""A name that begins another is its short form, if it is so long; a part of it, if so long."""
CLOSE, LOOSE = 0.88, 0.78
"""Jaro-Winkler similarities from which names sound alike, or are a little alike."""


class Alike(IntEnum):
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


def among(levels: Iterable[Alike]) -> NDArray[np.bool_]:
    """Return a table that says of each level whether it is one of these."""
    table = np.zeros(len(Alike), bool)
    table[list(levels)] = True
    return table


WORDS = {
    Alike.MISSING: "not said in one of them",
    Alike.DIFFERENT: "different",
    Alike.WEAK: "different, one too common to tell",
    Alike.LOOSE: "a little alike",
    Alike.INITIAL: "an initial that fits",
    Alike.REAL: "alike, but two names of their own",
    Alike.SOUND: "sound alike",
    Alike.SHORT: "a short form",
    Alike.PART: "a part in common",
    Alike.EDITS: "two letters apart",
    Alike.TYPO: "one letter apart",
    Alike.VARIANT: "a spelling of the same name",
    Alike.EXACT: "the same",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A name made ready for comparing."""

    joined: str
    tokens: tuple[str, ...]
    whole: frozenset[str]
    """The spelling classes of the name run together."""
    classes: frozenset[str]
    """One spelling class for each part."""
    strong: frozenset[str]
    """The classes of its parts that are long and rare enough to mean something alone."""
    shorts: frozenset[str]
    sound: str
    is_weak: bool


def parts(name: str) -> tuple[str, ...]:
    """Return the folded parts of a name; parts that together are one known name stay together.

    What stands where nobody knew the name is no part of it.
    """
    tokens = tuple(fold(name_without(name).replace("'", "").replace("’", "")).split())
    joined = "".join(tokens)
    return (joined,) if len(tokens) > 1 and joined in tables().spellings else tokens


@lru_cache(100_000)
def form(name: str) -> Form:
    """Return a name, of one part or several, ready for comparing."""
    return form_of(parts(name))


@lru_cache(20_000)
def form_of(tokens: tuple[str, ...]) -> Form:
    """Return a name of folded parts ready for comparing."""
    known, joined = tables(), "".join(tokens)
    strong = [t for t in tokens if len(t) > 2 and t not in known.weak]
    return Form(
        joined=joined,
        tokens=tokens,
        whole=classes(joined) if joined else frozenset(),
        classes=frozenset(one_class(token) for token in tokens),
        strong=frozenset().union(*(classes(t) for t in strong)),
        shorts=frozenset().union(*(known.shorts.get(t, frozenset()) for t in tokens)),
        sound=sound(joined),
        is_weak=bool(tokens) and not strong,
    )


def alike(a: Form, b: Form) -> Alike:
    """Return how alike two names are, whichever comes first."""
    if not a.joined or not b.joined:
        return Alike.MISSING
    if a.joined == b.joined:
        return Alike.EXACT
    if _same_parts(a, b):
        return Alike.VARIANT
    if len(a.joined) == 1 or len(b.joined) == 1:
        return Alike.INITIAL if a.joined[0] == b.joined[0] else Alike.DIFFERENT
    return max(_by_parts(a, b), _by_letters(a, b))


@lru_cache(20_000)
def one_class(token: str) -> str:
    """Return one class for a part: the first, so that names of as many parts can be held equal."""
    return min(classes(token))


def _same_parts(a: Form, b: Form) -> bool:
    if len(a.tokens) == 1 and len(b.tokens) == 1:
        return not a.whole.isdisjoint(b.whole)
    return len(a.tokens) == len(b.tokens) and a.classes == b.classes


def _by_parts(a: Form, b: Form) -> Alike:
    several = len(a.tokens) > 1 or len(b.tokens) > 1
    if several and not a.strong.isdisjoint(b.strong):
        return Alike.PART
    if not a.shorts.isdisjoint(b.shorts):
        return Alike.SHORT
    short, long = sorted((a.joined, b.joined), key=len)
    if len(short) >= SHORT_START and long.startswith(short):
        return Alike.PART if len(short) >= LONG_START else Alike.SHORT
    if several and _near_part(a.tokens, b.tokens):
        return Alike.SOUND
    return Alike.WEAK if a.is_weak or b.is_weak else Alike.DIFFERENT


def _near_part(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return any(
        min(len(x), len(y)) >= 4 and OSA.distance(x, y, score_cutoff=1) <= 1 for x in a for y in b
    )


def _by_letters(a: Form, b: Form) -> Alike:
    edits = OSA.distance(a.joined, b.joined, score_cutoff=2)
    length = max(len(a.joined), len(b.joined))
    if edits == 1 and length >= SHORT_TYPO:
        return Alike.TYPO
    if edits == 2 and length >= LONG_TYPO:
        return Alike.EDITS
    close = JaroWinkler.similarity(a.joined, b.joined)
    if close >= CLOSE or edits == 1 or (a.sound == b.sound and len(a.sound) > 1):
        return Alike.SOUND
    return Alike.LOOSE if close >= LOOSE else Alike.DIFFERENT
