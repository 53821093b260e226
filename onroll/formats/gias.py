"""Read schools from the CSV of Get information about schools (DfE): `edubasealldata`.

The headings are DfE's. Other columns are ignored.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onroll.formats.problems import Unreadable, as_unreadable
from onroll.formats.safe_xml import Source, opened
from onroll.formats.walk import whole
from onroll.tables import day_of, open_table
from onroll.tables.delimited import Rows

COLUMNS = {
    "urn": "URN",
    "la_code": "LA (code)",
    "la_name": "LA (name)",
    "establishment": "EstablishmentNumber",
    "name": "EstablishmentName",
    "kind": "TypeOfEstablishment (name)",
    "kind_group": "EstablishmentTypeGroup (name)",
    "status": "EstablishmentStatus (name)",
    "opened": "OpenDate",
    "closed": "CloseDate",
    "phase": "PhaseOfEducation (name)",
    "lowest_age": "StatutoryLowAge",
    "highest_age": "StatutoryHighAge",
    "street": "Street",
    "locality": "Locality",
    "line3": "Address3",
    "town": "Town",
    "county": "County (name)",
    "postcode": "Postcode",
    "website": "SchoolWebsite",
    "phone": "TelephoneNum",
    "head_title": "HeadTitle (name)",
    "head_forename": "HeadFirstName",
    "head_surname": "HeadLastName",
    "trust": "Trusts (name)",
    "uprn": "UPRN",
    "previous_la": "PreviousLA (code)",
    "previous_estab": "PreviousEstablishmentNumber",
}
NEEDED = ("urn", "la_code", "establishment", "name", "status")


@dataclass(frozen=True, slots=True)
class Establishment:
    """A school or other establishment. `establishment` is "" for those without a number."""

    urn: str
    la_code: str
    la_name: str
    establishment: str
    name: str
    kind: str
    kind_group: str
    status: str
    opened_on: date | None
    closed_on: date | None
    phase: str
    lowest_age: int | None
    highest_age: int | None
    address: tuple[str, ...]
    town: str
    county: str
    postcode: str
    website: str
    phone: str
    head: str
    trust: str
    uprn: str
    previous_number: str = ""
    """The number of the school it was before; files may still come under it."""

    @property
    def is_open(self) -> bool:
        """True for `Open` and `Open, but proposed to close`."""
        return self.status.startswith("Open")

    @property
    def number(self) -> str:
        """The seven characters schools know themselves by."""
        return self.la_code + self.establishment


def read_establishments(source: Source) -> tuple[Establishment, ...]:
    """Read every establishment.

    Raises `Unreadable` when a column we need is not there, or a number or day is none. A register
    that was opened and saved in Excel, or written by another program, is read too.
    """
    with opened(source) as file, as_unreadable(""):
        table = open_table(file.read(), name="The file", count=_count_columns)
    headings = list(table.names)
    at = {field: headings.index(name) for field, name in COLUMNS.items() if name in headings}
    missing = [COLUMNS[field] for field in NEEDED if field not in at]
    if missing:
        raise Unreadable("sheet-columns", missing=", ".join(missing))
    return tuple(
        _establishment(
            number, defaultdict(str, {field: cells[place].strip() for field, place in at.items()})
        )
        for number, cells in _whole_rows(table.rows, len(headings))
    )


def _count_columns(row: Sequence[str]) -> int:
    names = {cell.strip() for cell in row}
    return sum(column in names for column in COLUMNS.values())


def _whole_rows(rows: Rows, columns: int) -> Rows:
    """Yield the rows that are not blank; a row cut short means that the file was cut short."""
    for number, cells in rows:
        if len(cells) == columns and any(cells):
            yield number, cells
        elif any(cells):
            raise Unreadable(
                "row-cut", f"row {number}", row=number, values=len(cells), columns=columns
            )


def _establishment(number: int, row: defaultdict[str, str]) -> Establishment:
    """Return a row as a school; a bad number makes the whole file unusable."""
    for field, length in _NUMBERS.items():
        row[field] = _digits(row[field], length, _Place(number, COLUMNS[field]))
    return Establishment(
        urn=row["urn"],
        la_code=row["la_code"],
        la_name=row["la_name"],
        establishment=row["establishment"],
        name=row["name"],
        kind=row["kind"],
        kind_group=row["kind_group"],
        status=row["status"],
        opened_on=_day(row["opened"], _Place(number, COLUMNS["opened"])),
        closed_on=_day(row["closed"], _Place(number, COLUMNS["closed"])),
        phase=row["phase"],
        lowest_age=whole(row["lowest_age"].removesuffix(".0")),
        highest_age=whole(row["highest_age"].removesuffix(".0")),
        address=tuple(filter(None, (row["street"], row["locality"], row["line3"]))),
        town=row["town"],
        county=row["county"],
        postcode=row["postcode"],
        website=row["website"],
        phone=row["phone"],
        head=" ".join(filter(None, (row["head_title"], row["head_forename"], row["head_surname"]))),
        trust=row["trust"],
        uprn=row["uprn"].removesuffix(".0"),
        previous_number=_number(row["previous_la"], row["previous_estab"]),
    )


def _number(la: str, estab: str) -> str:
    return la + estab if la and estab else ""


_NUMBERS = {"urn": 1, "la_code": 3, "establishment": 4, "previous_la": 3, "previous_estab": 4}
"""The least digits of each number; programs drop leading zeros."""
_DIGITS = re.compile(r"([0-9]+)(?:\.0+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of a value, for the message if it cannot be read."""

    row: int
    heading: str

    def wrong(self, text: str, kind: str) -> Unreadable:
        where = f"row {self.row}/{self.heading}"
        facts = {"heading": self.heading, "value": text[:20], "kind": kind}
        return Unreadable("row-value", where, row=self.row, **facts)


def _digits(text: str, length: int, at: _Place) -> str:
    """Return the digits of a number, also of `2001.0`; "" for none. Else raises `Unreadable`."""
    match = _DIGITS.fullmatch(text)
    if text and match is None:
        raise at.wrong(text, "number")
    return match[1].zfill(length) if match else ""


def _day(text: str, at: _Place) -> date | None:
    """Return a date as GIAS or Excel writes it; None for none. Raises `Unreadable` for others."""
    day = day_of(text) if text else None
    if text and day is None:
        raise at.wrong(text, "day")
    return day
