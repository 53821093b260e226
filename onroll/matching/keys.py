"""Search keys: the forms of a name that a spelling change does not touch.

The same keys find likely children while someone types and block candidates for files.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import product

_SILENT = dict.fromkeys("aeiouyhwv", "")
_SOUNDS = str.maketrans(_SILENT | {"c": "k", "q": "k", "z": "s", "f": "p", "g": "j", "d": "t"})
_DOUBLED = re.compile(r"(.)\1+")
_SHORT = {"md": "mohammed", "mohd": "mohammed", "muhd": "mohammed"}


@lru_cache(100_000)
def fold(name: str) -> str:
    """Return a name in lower-case letters and single spaces, without accents or punctuation."""
    if name.isascii() and name.isalpha():
        return name.lower()
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c if c.isalpha() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(kept.split())


def joined(name: str) -> str:
    """Return a folded name without spaces, so that `Anne-Marie` equals `Annemarie`."""
    return fold(name).replace(" ", "")


@lru_cache(100_000)
def sound(token: str) -> str:
    """Return the consonants of a folded token, alike ones as one, doubles once.

    `mohammed`, `muhammad` and `mohamed` share `mmt`; so do `chowdhury` and `choudhury`.
    """
    token = _SHORT.get(token, token)
    skeleton = token.replace("ph", "f").translate(_SOUNDS)
    return _DOUBLED.sub(r"\1", skeleton) or token[:1]


def name_keys(name: str) -> set[str]:
    """Return the written and the sounded key of each part of a name, and of it run together."""
    parts = fold(name).split()
    keys = {f"n:{part}" for part in parts} | {f"s:{sound(part)}" for part in parts}
    if len(parts) > 1:
        keys.add(f"n:{''.join(parts)}")
    return keys


def search_keys(names: Iterable[str]) -> tuple[str, ...]:
    """Return the sorted search keys of all of a child's names: legal, chosen and former.

    Those of a forename and a surname together are `pair_keys`.
    """
    keys: set[str] = set()
    for name in names:
        keys |= name_keys(name)
    return tuple(sorted(keys))


MOST_PARTS = 4


def telling(name: str) -> list[str]:
    """Return the folded parts of a name; of one or two letters only where none is longer."""
    parts = fold(name).split()
    return ([part for part in parts if len(part) > 2] or parts)[:MOST_PARTS]


def pair_keys(forenames: Iterable[str], surnames: Iterable[str], born: date | None) -> set[str]:
    """Return the keys of a forename and a surname together: alone, with the year, with the day.

    Common names apart say little and lead to very many children; together with half of the
    birthday they lead to few. Whichever of the two was written first does not matter.
    """
    left, right = _sounds(forenames), _sounds(surnames)
    return {f"{pair}{when}" for pair in paired(left, right) for when in ("", *halves(born))}


def paired(left: Iterable[str], right: Iterable[str]) -> set[str]:
    """Return the key of each two sounds together, whichever comes first."""
    return {f"p:{'+'.join(sorted(two))}" for two in product(set(left), set(right))}


def halves(born: date | None) -> tuple[str, ...]:
    """Return what stands after a pair for the year of birth and for the day; `?` if not known."""
    return (f":{born.year}", f":{born:%m%d}") if born else (":?",)


def _sounds(names: Iterable[str]) -> list[str]:
    return [sound(part) for name in names for part in telling(name)]
