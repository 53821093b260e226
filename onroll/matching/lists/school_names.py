"""Whether two ways to name a school mean one school."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from onroll.matching.names.folding import fold

_SHORT = {
    "st": "saint", "sch": "", "pri": "primary", "prim": "primary", "sec": "secondary",
    "inf": "infant", "infants": "infant", "jun": "junior", "jnr": "junior", "juniors": "junior",
    "rc": "catholic", "roman": "", "church": "", "england": "", "coe": "ce", "cofe": "ce",
    "c": "", "e": "", "of": "", "the": "", "and": "", "academy": "", "school": "", "schools": "",
    "va": "", "vc": "", "voluntary": "", "aided": "", "controlled": "", "community": "",
    "trust": "", "college": "", "federation": "", "s": "",
}  # fmt: skip
"""How the words of a school's name are shortened, and those that say nothing of which it is."""
_KINDS = frozenset({
    "primary", "infant", "junior", "secondary", "high", "nursery", "first", "middle", "special",
    "grammar", "boys", "girls", "lower", "upper", "sixth", "prep", "preparatory", "catholic", "ce",
})  # fmt: skip
"""Words that tell one school from its neighbour of the same name, where both have some."""
LONG = 6


@dataclass(frozen=True, slots=True)
class SchoolName:
    """A school as a list names it; either may be missing."""

    name: str
    number: str = ""


def are_same_school(first: SchoolName, second: SchoolName) -> bool:
    """Say whether two ways to name a school mean one; numbers of one length decide alone."""
    if first.number and second.number and len(first.number) == len(second.number):
        return first.number == second.number
    if not first.name or not second.name:
        return False
    return _are_same_name(first.name, second.name)


@lru_cache(20_000)
def _are_same_name(first: str, second: str) -> bool:
    (first_words, our_kinds), (second_words, their_kinds) = (
        _school_words(first),
        _school_words(second),
    )
    if our_kinds and their_kinds and not (our_kinds <= their_kinds or their_kinds <= our_kinds):
        return False
    left, right = "".join(first_words), "".join(second_words)
    if left == right:
        return True
    is_long = min(len(left), len(right)) >= LONG
    return is_long and OSA.distance(left, right, score_cutoff=1) <= 1


@lru_cache(20_000)
def _school_words(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words that name a school, and those that say what kind it is."""
    words = fold(re.sub("[\u2019'`.]", "", name)).split()
    plain = [_SHORT.get(word, word) for word in words]
    kinds = frozenset(word for word in plain if word in _KINDS)
    telling = tuple(word for word in plain if word and word not in _KINDS)
    return telling or tuple(words), kinds if telling else frozenset()
