"""Names as plain letters, and as the sound of their consonants."""

import re
import unicodedata
from functools import lru_cache
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


def compact(name: str) -> str:
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
