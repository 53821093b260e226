"""Slips of pen, key and ear, drawn without looking at what the matcher knows.

Two levels: `HEAVY`, after what was published of pairs of English records typed by many hands
(forename equal in 66 %, surname 71 %, birthday 89 %, sex 98 %, postcode 93 %), and `OFFICE`, as
between two school systems (about 89, 89, 99, 100 %), where homes change instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_EARS = (
    ("ph", "f"),
    ("ck", "k"),
    ("ie", "ei"),
    ("y", "i"),
    ("c", "k"),
    ("s", "z"),
    ("ee", "ea"),
    ("th", "t"),
    ("gh", "g"),
    ("w", "wh"),
    ("an", "en"),
    ("er", "ar"),
    ("on", "en"),
    ("ll", "l"),
    ("tt", "t"),
    ("nn", "n"),
    ("ss", "s"),
    ("l", "ll"),
    ("t", "tt"),
    ("n", "nn"),
    ("oo", "u"),
)
_EYES = (
    ("m", "rn"),
    ("cl", "d"),
    ("l", "i"),
    ("u", "v"),
    ("o", "a"),
    ("e", "c"),
    ("n", "h"),
    ("b", "h"),
)


@dataclass(frozen=True)
class Rates:
    """How often each thing goes wrong in one record."""

    forename: float
    surname: float
    dob: float
    sex: float
    postcode: float
    missing: float
    moved: float


HEAVY = Rates(0.19, 0.155, 0.055, 0.008, 0.035, 0.006, 0.0)
OFFICE = Rates(0.05, 0.05, 0.006, 0.002, 0.01, 0.004, 0.47)


def mistyped(name: str, chance: Random) -> str:
    """Return a name with one slip, now and then two."""
    word = name.lower()
    for _ in range(2 if chance.random() < 0.22 else 1):
        word = chance.choice(_SLIPS)(word, chance)
    return word.title() or name


def _near_key(word: str, chance: Random) -> str:
    at = chance.randrange(len(word))
    row = next((row for row in _KEYS if word[at] in row), "")
    if not row:
        return word
    place = row.index(word[at]) + chance.choice((-1, 1))
    return word[:at] + row[place % len(row)] + word[at + 1 :]


def _left_out(word: str, chance: Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :] if len(word) > 2 else word


def _put_in(word: str, chance: Random) -> str:
    at = chance.randrange(len(word) + 1)
    return word[:at] + chance.choice("aeiounrstl") + word[at:]


def _turned(word: str, chance: Random) -> str:
    if len(word) < 3:
        return word
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _by(pairs: tuple[tuple[str, str], ...]) -> Callable[[str, Random], str]:
    def slip(word: str, chance: Random) -> str:
        fitting = [pair for pair in pairs if pair[0] in word]
        if not fitting:
            return _near_key(word, chance)
        old, new = chance.choice(fitting)
        return word.replace(old, new, 1)

    return slip


_SLIPS = (_near_key, _left_out, _put_in, _turned, _by(_EARS), _by(_EARS), _by(_EYES))


def another_name(name: str, spellings: dict[str, tuple[str, ...]], chance: Random) -> str:
    """Return a name as somebody else wrote it: misspelt, short, an initial, a part, cut off."""
    roll = chance.random()
    if roll < 0.12 and name in spellings:
        return chance.choice(spellings[name])
    if roll < 0.17:
        return name[:1]
    if roll < 0.22 and (" " in name or "-" in name):
        return chance.choice(name.replace("-", " ").split())
    if roll < 0.25 and len(name) > 5:
        return name[: chance.randrange(3, len(name) - 1)]
    return mistyped(name, chance)


def another_day(born: date, chance: Random) -> date | None:
    """Return a birthday as somebody else wrote it, mostly wrong; None where they left it out."""
    roll = chance.random()
    if roll < 0.12:
        return None
    if roll < 0.27 and born.day <= 12 and born.day != born.month:
        return date(born.year, born.day, born.month)
    if roll < 0.32:
        return date(born.year, 1, 1)
    if roll < 0.5:
        return _day_of_any_month(born.year + chance.choice((-1, 1, -10, 10)), born.month, born.day)
    if roll < 0.7:
        return _day_of_any_month(born.year, chance.randrange(1, 13), born.day)
    if roll < 0.95:
        return _day_of_any_month(born.year, born.month, chance.randrange(1, 29))
    return born + timedelta(chance.randrange(-400, 400))


def _day_of_any_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, 28))


def another_postcode(postcode: str, chance: Random) -> str:
    """Return a postcode with one place wrong, or none."""
    if chance.random() < 0.25 or len(postcode) < 5:
        return ""
    at = chance.randrange(len(postcode))
    old = postcode[at]
    new = chance.choice("0123456789" if old.isdigit() else "ABDEFGHJLNPQRSTUWXYZ")
    return postcode[:at] + new + postcode[at + 1 :]
