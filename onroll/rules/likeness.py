"""Who on record may be a child somebody told us of, and who only bears a name like theirs.

Our own rule: a list of everybody of a common name hides whom it may be. Nobody is left out of it.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date
from enum import Enum, auto

from onroll.rules.age import age as age_on

NAMES = frozenset({"forename", "surname"})
WHOLE = frozenset({"name"})
"""All names that were told, at other places than they were told."""


class HomeLikeness(Enum):
    """How the home that was told and the one on record agree, where a postcode is missing."""

    SAME = auto()
    STREET = auto()
    """The street is the same, and no house was told."""
    ANOTHER_HOUSE = auto()
    ANOTHER_STREET = auto()
    NOT_KNOWN = auto()
    """No street was told, or there is none on record."""


_SHORT = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "cl": "close",
    "dr": "drive",
    "cres": "crescent",
    "gdns": "gardens",
    "ct": "court",
    "pl": "place",
    "sq": "square",
    "ter": "terrace",
    "gr": "grove",
}
_STREETS = {*_SHORT.values(), "way", "hill", "rise", "walk", "row", "mews", "park", "view", "end"}
"""Words by which a line of an address is a street."""


def compare_home(told: str, lines: Sequence[str]) -> HomeLikeness:
    """Return how a home that was told in words is like the `lines` of one on record."""
    words = _words(told)
    rows = [_words(line) for line in lines]
    line = next((row for row in rows if _STREETS & {*row}), ())
    if rows and not line and rows[0] and _within(rows[0], words) is not None:
        return HomeLikeness.SAME
    street = _street(line)
    if not street or not _STREETS & {*words}:
        return HomeLikeness.NOT_KNOWN
    if _within(line, words) is not None and len(line) > len(street):
        return HomeLikeness.SAME
    place = _within(street, words)
    if place is None:
        return HomeLikeness.ANOTHER_STREET
    has_house = place > 0 and _has_number(words[place - 1])
    return HomeLikeness.ANOTHER_HOUSE if has_house else HomeLikeness.STREET


def _words(text: str) -> tuple[str, ...]:
    """Return the words of an address in small letters, short words for streets written out."""
    words = re.findall(r"[a-z0-9]+", text.casefold().replace("’", "").replace("'", ""))
    return tuple(_SHORT.get(word, word) for word in words)


def _street(line: Sequence[str]) -> tuple[str, ...]:
    """Return a line of an address without the number of the house and what stands before it."""
    numbers = [place for place, word in enumerate(line) if _has_number(word)]
    return tuple(line[numbers[-1] + 1 :]) if numbers else tuple(line)


def _has_number(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _within(part: Sequence[str], whole: Sequence[str]) -> int | None:
    """Return at which place words stand one after another among others; None where they do not."""
    places = range(len(whole) - len(part) + 1)
    return next((n for n in places if tuple(whole[n : n + len(part)]) == tuple(part)), None)


FAR = 100
"""Years of distance of who has no birthday on record, or of whom nothing was told."""


def years_apart(
    born: date | None, *, told_born: date | None, told_age: int | None, on: date
) -> float:
    """Return by how many years a child on record is older or younger than who was told of.

    By the birthday, where it was told; else by the age in years on the day `on`.
    """
    if born is None:
        return FAR
    if told_born is not None:
        return abs((born - told_born).days) / 365
    return FAR if told_age is None else abs(age_on(born, on=on) - told_age)


def shares_a_name_alone(
    alike: Collection[str], *, is_whole_name: bool, is_born_known: bool
) -> bool:
    """Return whether nothing but a name speaks for it that two records are one child.

    `alike` are the fields that agree or nearly do. That is so where the birthday is known of both
    and is another (`is_born_known`), and where of a forename and a surname that were told
    (`is_whole_name`) only one is alike. Where nothing else is known, a like name may be the child.
    """
    if {*alike} - NAMES - WHOLE:
        return False
    is_whole_alike = not WHOLE.isdisjoint(alike) or {*alike} >= NAMES
    return is_born_known or (is_whole_name and not is_whole_alike)
