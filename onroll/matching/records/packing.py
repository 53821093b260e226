"""Values as whole numbers: dates, identifiers, postcodes, addresses; nought if unusable."""

import re
from datetime import date

from onroll.placeholders import (
    is_no_day,
    is_no_home,
    is_no_number,
    is_no_postcode,
    is_shared_home,
)
from onroll.tables import day_of

CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")
_WORDS = re.compile(r"[a-z0-9]+")
_DIGITS36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DISTRICT = 36**3
"""A packed postcode without its last three places, the district, is so many times smaller."""
NO_STREET = ("flat", "apartment", "unit", "house", "room", "the", "block")
YEARS = (1900, 2100)
"""A date outside those years, and the first day of them, is what systems write for none."""
SHARED = -1
"""The number of a house that many families share."""


def text_number(text: str) -> int:
    """A number that stands for a text within this process; nought for no text."""
    return hash(text) if text else 0


def pack_date(text: str) -> int:
    """Return 20140925 for `2014-09-25` and the usual ways of writing it; 0 if it is no date."""
    day = day_of(text)
    return _pack_day(day) if day else 0


def _pack_day(day: date) -> int:
    number = day.year * 10_000 + day.month * 100 + day.day
    return number if YEARS[0] <= day.year <= YEARS[1] and not is_no_day(number) else 0


def pack_sex(text: str) -> int:
    """Return 1 for a girl, 2 for a boy, 0 when not said."""
    return {"F": 1, "M": 2}.get(text[:1].upper(), 0)


def pack_upn(text: str) -> int:
    """Return a number for a pupil number of the right shape, else 0; `unpack_upn` undoes it."""
    upn = text.replace(" ", "").upper()
    if not UPN.fullmatch(upn) or is_no_number(upn):
        return 0
    return ((ord(upn[0]) - 64) * 10**11 + int(upn[1:12])) * 36 + _DIGITS36.index(upn[12])


def pack_uln(text: str) -> int:
    """Return a learner number whose check digit is right, else 0: weights 10 to 2, modulo 11."""
    digits = _ten_digits(text)
    remainder = _weighted(digits)
    return int(digits) if digits and remainder and 10 - remainder == int(digits[9]) else 0


def pack_nhs_number(text: str) -> int:
    """Return an NHS number whose check digit is right, else 0: weights 10 to 1, modulo 11."""
    digits = _ten_digits(text)
    return int(digits) if digits and (_weighted(digits) + int(digits[9])) % 11 == 0 else 0


def _weighted(digits: str) -> int:
    return sum(weight * int(d) for weight, d in zip(range(10, 1, -1), digits, strict=False)) % 11


def _ten_digits(text: str) -> str:
    digits = text.replace(" ", "").replace("-", "")
    is_one = len(digits) == 10 and digits.isdigit() and digits.isascii()
    return digits if is_one and not is_no_number(digits) else ""


def pack_postcode(text: str) -> int:
    """Return a number for a postcode, 0 for none.

    Divided by `DISTRICT` it is the number of the postcode's district.
    """
    if not text or is_no_postcode(text):
        return 0
    tight = text.replace(" ", "").upper()
    if not (tight.isascii() and tight.isalnum()):
        tight = "".join(c for c in text.upper() if c.isalnum())
    if _POSTCODE.fullmatch(tight):
        return _base36(tight)
    return _base36(tight) * DISTRICT if _OUTWARD.fullmatch(tight) else _odd_postcode(tight)


def _odd_postcode(tight: str) -> int:
    """Other countries' codes, and mistyped ones, are still worth comparing."""
    return _base36(tight[:8]) if len(tight) >= 3 and tight.isascii() else 0


def _base36(text: str) -> int:
    return int(text, 36)


def pack_phone(text: str) -> int:
    """Return the last nine digits of a telephone number of at least nine, else 0."""
    digits = text.replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        digits = "".join(c for c in text if c.isdigit() and c.isascii())
    return int(digits[-9:]) if len(digits) >= 9 and not is_no_number(digits[-9:]) else 0


def address_parts(text: str) -> tuple[int, int, int]:
    """Return numbers for a whole address, for the house, and for the street's first word.

    The house of many families, such as a hotel, is `SHARED`; so is what is written for no home,
    whose postcode is an office's.
    """
    words = _WORDS.findall(text.lower()) if text else []
    if not words:
        return 0, 0, 0
    if is_no_home(text):
        return 0, SHARED, 0
    house = (
        SHARED
        if is_shared_home(text)
        else next((int(w) for w in words if w.isdigit() and len(w) < 10), 0)
    )
    street = next((w for w in words if w.isalpha() and len(w) > 2 and w not in NO_STREET), "")
    return text_number(" ".join(words)), house, text_number(street)
