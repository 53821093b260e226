"""Children as columns of whole numbers: what is compared, made ready once for any number of pairs.

Nought means not said. Names are places in a `Names` table that all lists of a run share.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.commonness import (
    forename_shares,
    is_known,
    surname_share,
    traditions_of,
)
from onroll.matching.keys import fold, skeleton, sound
from onroll.matching.likeness import Form, form_of, one_class, parts
from onroll.matching.variants import classes, masculine, tables
from onroll.placeholders import (
    is_no_day,
    is_no_email,
    is_no_home,
    is_no_number,
    is_no_postcode,
    is_shared_home,
    name_without,
)
from onroll.tables import day_of

Ints = NDArray[np.int64]

FIELDS = (
    "id", "upn", "former_upn", "forename", "middle_names", "surname", "former_surname",
    "chosen_forename", "chosen_surname", "dob", "sex", "address", "postcode", "phone", "email",
    "adult_forename", "adult_surname", "uln", "nhs_number", "from", "to",
)  # fmt: skip
"""The columns of a list of children; all but `id` may be missing."""

NAME_FIELDS = (
    "forename", "middle_names", "surname", "former_surname", "chosen_forename", "chosen_surname",
)  # fmt: skip
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


@dataclass
class Columns:
    """A list of children; each array has one place for each child."""

    forename: Ints
    middle_names: Ints
    surname: Ints
    former_surname: Ints
    chosen_forename: Ints
    chosen_surname: Ints
    dob: Ints
    sex: Ints
    upn: Ints
    former_upn: Ints
    uln: Ints
    nhs_number: Ints
    postcode: Ints
    district: Ints
    address: Ints
    number: Ints
    street: Ints
    phone: Ints
    email: Ints
    adult: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.dob)

    def take(self, places: NDArray[Any]) -> "Columns":
        """Return the children at some places, in that order."""
        return Columns(*(_at(getattr(self, name), places) for name in COLUMN_NAMES))


def nothing(size: int) -> Ints:
    """Return a column of which nothing is said; it takes no room."""
    return np.broadcast_to(np.int64(0), (size,))


def _at(column: Ints, places: NDArray[Any]) -> Ints:
    return nothing(len(places)) if column.strides == (0,) else column[places]


COLUMN_NAMES = tuple(f.name for f in fields(Columns))


class Names:
    """All names of a run, each once, with what is needed to compare and to look for them."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, ...]] = [()]
        self.joined: list[str] = [""]
        self.families: list[str] = [""]
        self._places: dict[str, int] = {"": 0}
        self._numbers: dict[str, dict[str, int]] = {name: {"": 0} for name in _NUMBERED}
        self._columns: dict[str, list[int]] = {name: [0] for name in (*_NUMBERED, *_FLAGS)}
        self._arrays: dict[str, Ints] = {}
        self._forms: dict[int, Form] = {}

    def __len__(self) -> int:
        return len(self.parts)

    def place(self, name: str) -> int:
        """Return the place of a name, putting it in if it is new."""
        name = name.strip()
        found = self._places.get(name)
        return self._add(name) if found is None else found

    def places(self, names: Iterable[str]) -> Ints:
        """Return the places of several names."""
        return np.fromiter((self.place(name) for name in names), np.int64)

    def array(self, what: str) -> Ints:
        """Return for each place one thing about the name, as a number.

        `sound` of its first and `last` of its last part, `family` of spellings, its `skeleton`,
        the letters as `written`, the `initial`, the `sound_length`; and the flags: `several`
        parts, `short` forms known, a `table` of spellings that has it, `many` classes of
        spelling, too `weak` to tell, a known `forename` or `surname`, `honorific` parts alone;
        and how common it is, in thousand millionths (`SHARES`), -1 for a forename that no table
        has, and to which traditions it belongs, as bits.
        """
        found = self._arrays.get(what)
        if found is None or len(found) < len(self):
            found = self._arrays[what] = np.array(self._columns[what])
        return found

    def form(self, place: int) -> Form:
        """Return a name ready for comparing."""
        found = self._forms.get(place)
        if found is None:
            found = self._forms[place] = form_of(self.parts[place])
        return found

    def _add(self, name: str) -> int:
        told = _told(name)
        if told is None:
            self._places[name] = 0
            return 0
        place = self._places[name] = len(self.parts)
        tokens, texts, flags = told
        self.parts.append(tokens)
        *_, family, _, joined = texts
        self.joined.append(joined)
        self.families.append(family)
        for what, key in zip(_NUMBERED, texts, strict=True):
            table = self._numbers[what]
            self._columns[what].append(table.setdefault(key, len(table)))
        for what, flag in zip(_FLAGS, flags, strict=True):
            self._columns[what].append(flag)
        return place


_NUMBERED = ("sound", "last", "family", "skeleton", "written")
SHARES = ("girls_before", "girls_since", "boys_before", "boys_since")
_FLAGS = (
    "initial", "sound_length", "several", "short", "table", "many", "weak", "forename", "surname",
    "honorific",
    *SHARES, "surname_share", "forename_traditions", "surname_traditions",
)  # fmt: skip
PER = 1_000_000_000
Told = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]
"""The parts of a name, its texts in the order of `_NUMBERED`, its figures in that of `_FLAGS`."""


@lru_cache(20_000)
def _told(name: str) -> Told | None:
    """Return what is needed of a name, None for what is no name."""
    tokens = parts(name)
    if not tokens:
        return None
    known, joined = tables(), "".join(tokens)
    first = sound(next((token for token in tokens if len(token) > 1), tokens[0]))
    last = first if len(tokens) == 1 else sound(tokens[-1])
    shares = forename_shares(tokens)
    family = " ".join(sorted({one_class(token) for token in tokens}))
    is_listed = joined in known.spellings or masculine(joined) in known.spellings
    return (
        tokens,
        (first, last, family, skeleton(joined), joined),
        (
            ord(joined[0]),
            len(first),
            len(tokens) > 1,
            any(token in known.shorts for token in tokens),
            is_listed,
            is_listed and len(classes(joined)) > 1,
            all(len(t) <= 2 or t in known.weak for t in tokens),
            len(tokens) == 1 and is_known(joined),
            len(tokens) == 1 and is_known(joined, is_surname=True),
            all(token in known.honorific for token in tokens),
            *((round(share * PER) for share in shares) if shares else [-1] * len(SHARES)),
            round(surname_share(tokens) * PER),
            traditions_of(tokens, is_surname=False),
            traditions_of(tokens, is_surname=True),
        ),
    )


def columns_of(records: Sequence[Mapping[str, str]], names: Names) -> Columns:
    """Return records, given as texts by field, as columns. Values that cannot be are left out."""
    rows = [_row(record, names) for record in records]
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(COLUMN_NAMES)).T
    return Columns(*(np.ascontiguousarray(column) for column in table))


def _row(record: Mapping[str, str], names: Names) -> list[int]:
    """Most of what could be said is not: only what is said is looked at."""
    row = [0] * len(COLUMN_NAMES)
    for field, said in record.items():
        text = said.strip() if said else ""
        if not text:
            continue
        if field in _NAMED:
            row[_NAMED[field]] = names.place(text)
        elif field in _PACKED:
            place, pack = _PACKED[field]
            row[place] = pack(text)
        elif field == "postcode":
            postcode = pack_postcode(text)
            row[_POSTCODE_AT : _POSTCODE_AT + 2] = postcode, postcode // DISTRICT
        elif field == "address":
            row[_ADDRESS_AT : _ADDRESS_AT + 3] = address_parts(text)
    row[_ADULT_AT] = _adult(record)
    return row


def _adult(record: Mapping[str, str]) -> int:
    said = (record.get(field) or "" for field in ("adult_forename", "adult_surname"))
    adult = [fold(name_without(name)) for name in said]
    return _hash(" ".join(adult)) if all(adult) else 0


def _hash(text: str) -> int:
    """A number that stands for a text within this process; nought for no text."""
    return hash(text) if text else 0


def pack_date(text: str) -> int:
    """Return 20140925 for `2014-09-25` and the usual ways of writing it; 0 if it is no date."""
    found = day_of(text)
    return _pack_day(found) if found else 0


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
    rest = _weighted(digits)
    return int(digits) if digits and rest and 10 - rest == int(digits[9]) else 0


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
    """Return a number for a postcode; without its last three places it is the district's."""
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
    return _hash(" ".join(words)), house, _hash(street)


_NAMED = {field: COLUMN_NAMES.index(field) for field in NAME_FIELDS}
_PACKED: dict[str, tuple[int, Callable[[str], int]]] = {
    field: (COLUMN_NAMES.index(column), pack)
    for field, column, pack in (
        ("dob", "dob", pack_date),
        ("sex", "sex", pack_sex),
        ("upn", "upn", pack_upn),
        ("former_upn", "former_upn", pack_upn),
        ("uln", "uln", pack_uln),
        ("nhs_number", "nhs_number", pack_nhs_number),
        ("phone", "phone", pack_phone),
        ("email", "email", lambda text: 0 if is_no_email(text) else _hash(text.lower())),
        ("from", "starts", pack_date),
        ("to", "ends", pack_date),
    )
}
"""By field its column's place and how its text becomes a number."""
_POSTCODE_AT, _ADDRESS_AT, _ADULT_AT = map(COLUMN_NAMES.index, ("postcode", "address", "adult"))
