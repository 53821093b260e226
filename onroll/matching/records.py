"""Children as columns of whole numbers: what is compared, made ready once for any number of pairs.

Nought means not said. Names are places in a `Names` table that all lists of a run share.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.keys import fold, sound
from onroll.matching.likeness import Form, form

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
_DIGITS36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d", "%d.%m.%Y", "%Y/%m/%d")
NO_STREET = ("flat", "apartment", "unit", "house", "room", "the", "block")
YEARS = (1901, 2100)
"""Dates outside, like 1 January 1900, are what systems write when nobody said."""


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
        return Columns(**{f.name: getattr(self, f.name)[places] for f in fields(self)})

    def joined(self, other: "Columns") -> "Columns":
        """Return these children and then those of another list."""
        return Columns(
            **{
                f.name: np.concatenate([getattr(self, f.name), getattr(other, f.name)])
                for f in fields(self)
            }
        )


COLUMN_NAMES = tuple(f.name for f in fields(Columns))


class Names:
    """All names of a run, each once, with what is needed to compare and to look for them."""

    def __init__(self) -> None:
        self.forms: list[Form] = [form("")]
        self._places: dict[str, int] = {"": 0}
        self._sounds: dict[str, int] = {"": 0}
        self._classes: dict[str, int] = {"": 0}
        self._parts: dict[str, int] = {"": 0}
        self.sound: list[int] = [0]
        self.family: list[int] = [0]
        self.initial: list[int] = [0]
        self.written: list[int] = [0]
        self.last: list[int] = [0]

    def place(self, name: str) -> int:
        """Return the place of a name, putting it in if it is new."""
        name = name.strip()
        found = self._places.get(name)
        return self._add(name) if found is None else found

    def places(self, names: Iterable[str]) -> Ints:
        """Return the places of several names."""
        return np.fromiter((self.place(name) for name in names), np.int64)

    def _add(self, name: str) -> int:
        made = form(name)
        place = self._places[name] = len(self.forms)
        if not made.joined:
            self._places[name] = 0
            return 0
        first, last = made.tokens[0], made.tokens[-1]
        self.forms.append(made)
        self.sound.append(_number(self._sounds, sound(first)))
        self.last.append(_number(self._sounds, sound(last)))
        self.family.append(_number(self._classes, " ".join(sorted(made.classes))))
        self.written.append(_number(self._parts, made.joined))
        self.initial.append(ord(made.joined[0]))
        return place


def _number(table: dict[str, int], key: str) -> int:
    return table.setdefault(key, len(table))


def columns_of(records: Sequence[Mapping[str, str]], names: Names) -> Columns:
    """Return records, given as texts by field, as columns. Values that cannot be are left out."""
    rows = [_row(record, names) for record in records]
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(COLUMN_NAMES)).T
    return Columns(*(np.ascontiguousarray(column) for column in table))


def _row(record: Mapping[str, str], names: Names) -> list[int]:
    def text(field: str) -> str:
        return (record.get(field) or "").strip()

    postcode = pack_postcode(text("postcode"))
    address, number, street = address_parts(text("address"))
    adult = fold(text("adult_forename")), fold(text("adult_surname"))
    return [
        *(names.place(text(field)) for field in NAME_FIELDS),
        pack_date(text("dob")),
        pack_sex(text("sex")),
        pack_upn(text("upn")),
        pack_upn(text("former_upn")),
        pack_digits(text("uln"), 10),
        pack_digits(text("nhs_number"), 10),
        postcode,
        postcode // 36**3,
        address,
        number,
        street,
        pack_phone(text("phone")),
        _hash(text("email").lower()),
        _hash(" ".join(adult)) if all(adult) else 0,
        pack_date(text("from")),
        pack_date(text("to")),
    ]


def _hash(text: str) -> int:
    """A number that stands for a text within this process; nought for no text."""
    return hash(text) if text else 0


def pack_date(text: str) -> int:
    """Return 20140925 for `2014-09-25` and the usual ways of writing it; 0 if it is no date."""
    for pattern in _DATES:
        try:
            found = datetime.strptime(text[:10], pattern).date()
        except ValueError:
            continue
        return _pack_day(found)
    return 0


def _pack_day(day: date) -> int:
    if not YEARS[0] <= day.year <= YEARS[1]:
        return 0
    return day.year * 10_000 + day.month * 100 + day.day


def pack_sex(text: str) -> int:
    """Return 1 for a girl, 2 for a boy, 0 when not said."""
    return {"F": 1, "M": 2}.get(text[:1].upper(), 0)


def pack_upn(text: str) -> int:
    """Return a number for a pupil number of the right shape, else 0; `unpack_upn` undoes it."""
    upn = text.replace(" ", "").upper()
    if not UPN.fullmatch(upn):
        return 0
    return ((ord(upn[0]) - 64) * 10**11 + int(upn[1:12])) * 36 + _DIGITS36.index(upn[12])


def pack_digits(text: str, length: int) -> int:
    """Return a number of just so many digits, spaces left out, else 0."""
    digits = text.replace(" ", "").replace("-", "")
    return int(digits) if digits.isdigit() and digits.isascii() and len(digits) == length else 0


def pack_postcode(text: str) -> int:
    """Return a number for a postcode; without its last three places it is the district's."""
    tight = "".join(c for c in text.upper() if c.isalnum())
    if _POSTCODE.fullmatch(tight):
        return _base36(tight)
    return _base36(tight) * 36**3 if _OUTWARD.fullmatch(tight) else _odd_postcode(tight)


def _odd_postcode(tight: str) -> int:
    """Other countries' codes, and mistyped ones, are still worth comparing."""
    return _base36(tight[:8]) if len(tight) >= 3 and tight.isascii() else 0


def _base36(text: str) -> int:
    return int(text, 36)


def pack_phone(text: str) -> int:
    """Return the last nine digits of a telephone number of at least nine, else 0."""
    digits = "".join(c for c in text if c.isdigit() and c.isascii())
    return int(digits[-9:]) if len(digits) >= 9 else 0


def address_parts(text: str) -> tuple[int, int, int]:
    """Return numbers for a whole address, for the house, and for the street's first word."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    if not words:
        return 0, 0, 0
    house = next((int(w) for w in words if w.isdigit() and len(w) < 10), 0)
    street = next((w for w in words if w.isalpha() and len(w) > 2 and w not in NO_STREET), "")
    return _hash(" ".join(words)), house, _hash(street)
