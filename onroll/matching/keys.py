"""Search keys: the forms of a name that a spelling change does not touch.

The same keys find likely children while someone types and block candidates for files.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import product
from string import ascii_lowercase as ASCII

from anyascii import anyascii

from onroll.placeholders import name_without

_SILENT = dict.fromkeys("aeiouyhwv", "")
_SOUNDS = str.maketrans(_SILENT | {"c": "k", "q": "k", "z": "s", "f": "p", "g": "j", "d": "t"})
_DOUBLED = re.compile(r"(.)\1+")
_SHORT = {"md": "mohammed", "mohd": "mohammed", "muhd": "mohammed"}


@lru_cache(100_000)
def fold(name: str) -> str:
    """Return a name in the letters a to z and single spaces, without accents or punctuation.

    Letters of all scripts are written as anyascii writes them: Ł is l, Дмитро is dmitro. A name of
    letters it does not know is written by their numbers, so that no name is folded away.
    """
    if name.isascii() and name.isalpha():
        return name.lower()
    words = "".join(map(_ascii, name.casefold())).split()
    return " ".join(words) or " ".join(map(_spelled, filter(str.isalpha, name)))


def _ascii(character: str) -> str:
    if character in ASCII:
        return character
    if not (character.isalpha() or unicodedata.category(character).startswith("M")):
        return " "
    return "".join(c for c in anyascii(character).lower() if c in ASCII)


def _spelled(letter: str) -> str:
    return "u" + "".join(ASCII[int(digit)] for digit in str(ord(letter)))


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


def skeleton(token: str) -> str:
    """Return a folded name with doubled letters single and no h at its end: Lilly is Lily."""
    return _DOUBLED.sub(r"\1", token).removesuffix("h")


def written_parts(name: str) -> list[str]:
    """Return the folded parts of a name, without those that stand where nobody knew it.

    All keys are made of them, those that are kept and those that are looked for. Where nothing
    else is written, `Baby` can still be looked up as what was written.
    """
    return fold(name_without(name) or name).split()


def written_keys(names: Iterable[str]) -> list[str]:
    """Return the keys of the parts of names as they are written, in order."""
    return [f"n:{part}" for name in names for part in written_parts(name)]


def sound_keys(names: Iterable[str]) -> list[str]:
    """Return the keys of how the parts of names sound, in order."""
    return [f"s:{sound(part)}" for name in names for part in written_parts(name)]


def name_keys(name: str) -> set[str]:
    """Return the written and the sounded key of each part of a name, and of it run together."""
    parts = written_parts(name)
    keys = {*written_keys([name]), *sound_keys([name])}
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
    parts = written_parts(name)
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
