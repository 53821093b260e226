"""Placeholders: names, numbers, dates and addresses that were written when nobody knew.

One table, `placeholders.toml`, for all that read lists and files: linker, comparison, check and
intake. It imports no other package of ours.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from anyascii import anyascii

_WORD = re.compile(r"[a-z0-9]+")
_NEWBORN = re.compile(r"(?:baby|infant)(?: (?:boy|girl|male|female))? of\b")
_NO_SCHOOL = re.compile(
    "(?:the |last |current )*(?:name of )?(?:school )?(?:name )?(?:is )?"
    "(?:(?:not|un) ?known|not sure|unclear|not (?:given|stated|recorded|provided)|no idea"
    "|(?:(?:i|we|they) )?(?:do not|don ?t|did not|didn ?t) (?:know|say)(?: which| where)?)"
    "(?: (?:the |of )?(?:a )?(?:school|place))?"
    "(?: (?:to|by) (?:us|me|them|you|the family|anyone|anybody|the hub|the council))?"
    "(?: yet| now| at present| currently| at the moment| at this time)?"
)
"""What somebody writes, in a sentence, who knows no school: a school's own name is none of it."""
FLATS = "(?:^| )(?:flats?|apartments?)(?: |$)"
"""Blocks of flats: one home if the flat number is given, many if not."""


@cache
def _read() -> dict[str, list[Any]]:
    return tomllib.loads((files("onroll") / "placeholders.toml").read_text("utf-8"))


@cache
def _table(kind: str) -> frozenset[str]:
    return frozenset(map(_plain, _read()[kind]))


def _plain(text: str) -> str:
    """Return a text in lower-case Latin letters, without accents or punctuation."""
    return " ".join(_WORD.findall(anyascii(text).casefold()))


@lru_cache(100_000)
def name_without(name: str) -> str:
    """Return a name without placeholder parts; empty if nothing is left.

    `FNU Rahimullah` becomes Rahimullah; `Baby Unknown` and `-` become empty.
    """
    name = name.strip()
    if not any(map(str.isalpha, name)):
        return ""
    plain = _plain(name)
    if plain in _table("names"):
        return name if name in _real() else ""
    if _NEWBORN.match(plain):
        return ""
    parts = plain.split()
    if _table("parts").isdisjoint(parts):
        return name
    real = [part for part in name.split() if _plain(part) not in _table("parts")]
    left = " ".join(real)
    return name_without(left) if left != name else name


@cache
def _real() -> frozenset[str]:
    return frozenset(_read()["real"])


def is_no_name(name: str) -> bool:
    """Return whether a name is a placeholder."""
    return bool(name.strip()) and not name_without(name)


@lru_cache(50_000)
def is_no_number(text: str) -> bool:
    """Return whether a number is a placeholder: one digit repeated, or a run such as 1234567890.

    A letter before or after it does not make it a UPN.
    """
    digits = "".join(filter(str.isdigit, text))
    return len(digits) >= FEWEST_DIGITS and digits in no_numbers(len(digits))


FEWEST_DIGITS = 5


@cache
def no_numbers(length: int) -> frozenset[str]:
    """Return the placeholder numbers with so many digits."""
    return frozenset(
        "".join(str((first + step * n) % 10) for n in range(length))
        for first in range(10)
        for step in (0, 1, -1)
    )


@cache
def _days() -> frozenset[int]:
    return frozenset(int(f"{day:%Y%m%d}") for day in _read()["days"])


def is_no_day(number: int) -> bool:
    """Return whether a date, as the number 20140925, is a system's placeholder."""
    return number in _days()


NO_EMAIL = (
    "(?:no[-_. ]?(?:e?-?mail|reply)|none|unknown|n[/]?a|nil|null|test|x+"
    "|not[-_. ]?(?:given|known|provided|supplied))@.*"
    "|[^@]*@(?:no(?:-?e?mail|ne)?|test)[.][a-z.]+"
)
"""A pattern of placeholder e-mail addresses, in lower case."""


def is_no_email(text: str) -> bool:
    """Return whether an e-mail address is a placeholder."""
    return re.fullmatch(NO_EMAIL, text.strip().lower()) is not None


def is_no_postcode(text: str) -> bool:
    """Return whether a postcode is a placeholder, as ZZ99 3VZ is."""
    tight = "".join(filter(str.isalnum, text)).upper()
    whole, starts = no_postcodes()
    return tight in whole or tight.startswith(starts)


@cache
def no_postcodes() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the placeholder postcodes, and the prefixes of others."""
    codes = {code.replace(" ", ""): len(code.split()) == 1 for code in _read()["postcodes"]}
    starts = tuple(sorted(code for code, is_start in codes.items() if is_start))
    return frozenset(codes), starts


def is_no_fixed_abode(text: str) -> bool:
    """Return whether a postcode or address means no fixed abode, as ZZ99 3VZ does."""
    return _plain(text) in _table("no_fixed")


@lru_cache(50_000)
def is_no_home(address: str) -> bool:
    """Return whether an address is a placeholder, such as `NFA` or `No fixed abode`."""
    return (plain := _plain(address)) in no_homes() or plain.startswith(NO_FIXED)


NO_FIXED = "no fixed abode"


@lru_cache(50_000)
def is_no_school(words: str) -> bool:
    """Return whether words for a school name none, such as `Not known to us`."""
    plain = _plain(words)
    is_listed = plain in _table("schools") or plain in _table("names")
    return not plain or is_listed or _NO_SCHOOL.fullmatch(plain) is not None


def no_homes() -> frozenset[str]:
    """Return the placeholder words for addresses."""
    return _table("addresses")


def no_names() -> frozenset[str]:
    """Return the placeholder words for whole names, in lower case."""
    return _table("names")


@cache
def shared_homes() -> str:
    """Return a pattern that finds homes shared by many families in the words of an address."""
    return rf"(?:^| )(?:{'|'.join(sorted(_table('shared_homes')))})(?: |$)"


@lru_cache(50_000)
def is_shared_home(address: str) -> bool:
    """Return whether many families share an address.

    That is a hotel or hostel, or flats without the number of the flat.
    """
    plain = _plain(address)
    is_without_number = re.search(FLATS, plain) and not re.search("[0-9]", plain)
    return bool(is_without_number or re.search(shared_homes(), plain))


@cache
def authority_codes() -> frozenset[str]:
    """Return every code an English or Welsh authority has had since April 1998."""
    data = tomllib.loads((files("onroll") / "authorities.toml").read_text("utf-8"))
    spans = (span.partition("-")[::2] for span in data["codes"])
    return frozenset(
        f"{number:03}"
        for first, last in spans
        for number in range(int(first), int(last or first) + 1)
    )
