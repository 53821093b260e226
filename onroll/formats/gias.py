"""Schools, from the CSV of Get information about schools (DfE): `edubasealldata`, in Windows-1252.

The headings are DfE's. Columns not named here are passed over; they hold nothing we use.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from onroll.formats.problems import Unreadable
from onroll.formats.safe_xml import Source, opened
from onroll.formats.tables import csv_rows
from onroll.formats.walk import whole

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
    """The seven characters of the school it was before, under which files may still come."""

    @property
    def is_open(self) -> bool:
        """True for `Open` and `Open, but proposed to close`."""
        return self.status.startswith("Open")

    @property
    def number(self) -> str:
        """The seven characters schools know themselves by."""
        return self.la_code + self.establishment


def read_establishments(source: Source) -> tuple[Establishment, ...]:
    """Read every establishment. Raises `Unreadable` when a column we need is not there."""
    with opened(source) as file:
        rows = csv_rows(file.read())
    headings = [heading.strip() for heading in next(rows, [])]
    at = {field: headings.index(name) for field, name in COLUMNS.items() if name in headings}
    missing = [COLUMNS[field] for field in NEEDED if field not in at]
    if missing:
        raise Unreadable("sheet-columns", missing=", ".join(missing))
    return tuple(
        _establishment(
            defaultdict(str, {field: cells[place].strip() for field, place in at.items()})
        )
        for cells in _whole_rows(rows, len(headings))
    )


def _whole_rows(rows: Iterator[list[str]], columns: int) -> Iterator[list[str]]:
    """Each row that is not blank; a row cut short means that the file was."""
    for number, cells in enumerate(rows, start=2):
        if len(cells) == columns:
            yield cells
        elif any(cells):
            why = f"row {number} has {len(cells)} columns where the first row has {columns}"
            raise Unreadable("sheet-broken", why=why)


def _establishment(row: defaultdict[str, str]) -> Establishment:
    return Establishment(
        urn=row["urn"],
        la_code=row["la_code"].zfill(3),
        la_name=row["la_name"],
        establishment=row["establishment"].zfill(4) if row["establishment"] else "",
        name=row["name"],
        kind=row["kind"],
        kind_group=row["kind_group"],
        status=row["status"],
        opened_on=_day(row["opened"]),
        closed_on=_day(row["closed"]),
        phase=row["phase"],
        lowest_age=whole(row["lowest_age"]),
        highest_age=whole(row["highest_age"]),
        address=tuple(filter(None, (row["street"], row["locality"], row["line3"]))),
        town=row["town"],
        county=row["county"],
        postcode=row["postcode"],
        website=row["website"],
        phone=row["phone"],
        head=" ".join(filter(None, (row["head_title"], row["head_forename"], row["head_surname"]))),
        trust=row["trust"],
        uprn=row["uprn"],
        previous_number=_number(row["previous_la"], row["previous_estab"]),
    )


def _number(la: str, estab: str) -> str:
    return la.zfill(3) + estab.zfill(4) if la and estab else ""


def _day(text: str) -> date | None:
    """A date as GIAS writes it, DD-MM-CCYY; None for anything else."""
    try:
        return datetime.strptime(text, "%d-%m-%Y").date()
    except ValueError:
        return None
