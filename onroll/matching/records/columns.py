"""Children as columns of whole numbers, ready for comparing any number of pairs.

Nought means not stated. Names are places in a `Names` table that all lists of a run share.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.names.folding import fold
from onroll.matching.records.arrays import Ints
from onroll.matching.records.names import Names
from onroll.matching.records.packing import (
    DISTRICT,
    address_parts,
    pack_date,
    pack_nhs_number,
    pack_phone,
    pack_postcode,
    pack_sex,
    pack_uln,
    pack_upn,
    text_number,
)
from onroll.placeholders import (
    is_no_email,
    name_without,
)

FIELDS = (
    "id", "upn", "former_upn", "forename", "middle_names", "surname", "former_surname",
    "chosen_forename", "chosen_surname", "dob", "sex", "address", "postcode", "phone", "email",
    "adult_forename", "adult_surname", "uln", "nhs_number", "from", "to",
)  # fmt: skip
"""The columns of a list of children; all but `id` may be missing."""
NAME_FIELDS = (
    "forename", "middle_names", "surname", "former_surname", "chosen_forename", "chosen_surname",
)  # fmt: skip


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


def empty_column(size: int) -> Ints:
    """Return a column of which nothing is said; it takes no room."""
    return np.broadcast_to(np.int64(0), (size,))


def _at(column: Ints, places: NDArray[Any]) -> Ints:
    return empty_column(len(places)) if column.strides == (0,) else column[places]


COLUMN_NAMES = tuple(f.name for f in fields(Columns))


def columns_of(records: Sequence[Mapping[str, str]], names: Names) -> Columns:
    """Return records, given as texts by field, as columns. Values that cannot be are left out."""
    rows = [_row(record, names) for record in records]
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(COLUMN_NAMES)).T
    return Columns(*(np.ascontiguousarray(column) for column in table))


def _row(record: Mapping[str, str], names: Names) -> list[int]:
    """Most of what could be said is not: only what is said is looked at."""
    row = [0] * len(COLUMN_NAMES)
    for field, value in record.items():
        text = value.strip() if value else ""
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
    names = (record.get(field) or "" for field in ("adult_forename", "adult_surname"))
    adult = [fold(name_without(name)) for name in names]
    return text_number(" ".join(adult)) if all(adult) else 0


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
        ("email", "email", lambda text: 0 if is_no_email(text) else text_number(text.lower())),
        ("from", "starts", pack_date),
        ("to", "ends", pack_date),
    )
}
"""By field its column's place and how its text becomes a number."""
_POSTCODE_AT, _ADDRESS_AT, _ADULT_AT = map(COLUMN_NAMES.index, ("postcode", "address", "adult"))
