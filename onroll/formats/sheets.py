"""Rolls and census lists as CSV or XLSX. Columns are mapped by the caller, or guessed by name.

Source: trust.md section 1.10 for the limits; the guesses are the headings school systems export.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from onroll.formats.problems import Problem, Unreadable, found
from onroll.formats.reading import Upns
from onroll.formats.records import Header, PupilRecord, SchoolId
from onroll.formats.roll import record_of
from onroll.formats.safe_xml import Source
from onroll.formats.tables import HEADING_WITHIN, Rows, sheets_of

MOST_COLUMNS = 200
MOST_ROWS = 250_000
ENOUGH = 2
"""Two names of columns that we know are no chance."""

GUESSES: dict[str, tuple[str, ...]] = {
    "upn": ("upn", "unique pupil number"),
    "uln": ("uln", "unique learner number"),
    "surname": ("surname", "legal surname", "last name", "family name", "legal last name"),
    "forename": ("forename", "legal forename", "first name", "given name", "legal first name"),
    "middle_names": ("middle names", "middle name", "middlenames"),
    "chosen_surname": ("preferred surname", "chosen surname", "preferred last name"),
    "chosen_forename": (
        "preferred forename",
        "chosen forename",
        "preferred first name",
        "known as",
    ),
    "former_surname": ("former surname", "previous surname"),
    "born": ("dob", "date of birth", "birth date", "birthdate"),
    "sex": ("sex", "gender", "legal sex"),
    "year_group": ("year group", "nc year", "ncyearactual", "year", "national curriculum year"),
    "address": ("address", "full address", "home address", "address line 1", "street"),
    "town": ("town", "post town", "city"),
    "postcode": ("postcode", "post code", "home postcode"),
    "uprn": ("uprn", "unique property reference number"),
    "la": ("la", "lea", "la code", "la number"),
    "estab": ("estab", "establishment number", "dfe number", "dfes number", "school number"),
    "urn": ("urn", "school urn"),
    "school": ("school", "school name", "schoolname", "establishment name"),
    "entry_on": (
        "entry date",
        "date of entry",
        "admission date",
        "start date",
        "date of admission",
    ),
    "leaving_on": ("leaving date", "date of leaving", "end date"),
    "former_upn": ("former upn", "previous upn"),
    "email": ("email", "email address", "pupil email"),
    "phone": ("telephone", "phone", "home telephone"),
    "contact_relationship": ("contact 1 relationship", "relationship", "contact relationship"),
    "contact_surname": ("contact 1 surname", "contact surname", "parent surname"),
    "contact_forename": ("contact 1 forename", "contact forename", "parent forename"),
    "contact_phone": ("contact 1 telephone", "contact telephone", "parent telephone"),
    "contact_email": ("contact 1 email", "contact email", "parent email"),
    "application_reference": ("application reference", "admission number"),
    "enrol_status": ("enrol status", "enrolment status", "status"),
}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as a person sees it (the first is 1), our fields, and all the rest."""

    number: int
    values: Mapping[str, str]
    unmapped: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heading:
    """The row with the names of the columns: in which sheet, its number, and its texts."""

    sheet: str
    number: int
    names: tuple[str, ...]
    is_first: bool
    """Nothing was passed over on the way to it: no other sheet and no row."""


def headed(source: Source, *, name: str) -> tuple[Heading, Rows]:
    """Find the names of the columns, and return the rows below them.

    They are in the first sheet, and there within the first ten rows, that has two names we know;
    else in the row of the first sheet that has one, or holds most. Raises `Unreadable` where no row
    can be one of names.
    """
    sheets = sheets_of(source, name=name)
    tops = [list(islice(sheet.rows(), HEADING_WITHIN)) for sheet in sheets]
    known = (_known(top, ENOUGH) for top in tops)
    at = next((n for n, number in enumerate(known) if number is not None), 0)
    sheet, top = sheets[at], tops[at]
    number = next((n for least in (ENOUGH, 1) if (n := _known(top, least)) is not None), None)
    number = _fullest(top) if number is None else number
    names = tuple(cell.strip() for cell in top[number])
    is_first = sheet.place == 0 and number == 0
    heading = Heading(sheet.name, number + 1, names, is_first)
    return heading, islice(sheet.rows(), number + 1, None)


def _known(top: Sequence[Sequence[str]], least: int) -> int | None:
    """Return the place of the first row with at least so many names of columns we know."""
    return next((n for n, row in enumerate(top) if len(guess_mapping(row)) >= least), None)


def _fullest(top: Sequence[Sequence[str]]) -> int:
    """Return the place of the first row of those that hold most, if it can be one of names."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in top]
    place = filled.index(max(filled)) if filled else 0
    if top and len(top[place]) > MOST_COLUMNS:
        raise Unreadable("sheet-too-wide", limit=MOST_COLUMNS)
    if not top or not any(part.isalpha() for cell in top[place] for part in cell):
        raise Unreadable("sheet-no-heading")
    return place


def read_sheet(
    source: Source,
    *,
    name: str,
    mapping: Mapping[str, str] | None = None,
    needed: Sequence[str] = (),
) -> tuple[SheetRow, ...]:
    """Read a list with one row of names. Every value is text; dates of XLSX come as CCYY-MM-DD.

    `mapping` says which heading fills which field (`{"Legal Surname": "surname"}`); without it the
    fields are guessed. Raises `Unreadable`, also when a `needed` field has no column.
    """
    return _read(source, name=name, mapping=mapping, needed=needed)[1]


def _read(
    source: Source, *, name: str, mapping: Mapping[str, str] | None, needed: Sequence[str]
) -> tuple[Heading, tuple[SheetRow, ...]]:
    heading, rows = headed(source, name=name)
    names = list(heading.names)
    _check_headings(names)
    fields = guess_mapping(names) if mapping is None else dict(mapping)
    missing = [field for field in needed if field not in fields.values()]
    absent = [column for column in fields if column not in names]
    if missing or absent:
        raise Unreadable("sheet-columns", name, missing=", ".join(missing or absent))
    read: list[SheetRow] = []
    for number, cells in enumerate(rows, start=heading.number + 1):
        if number > MOST_ROWS:
            raise Unreadable("sheet-too-long", name, limit=f"{MOST_ROWS:,}")
        if any(cells):
            read.append(_row(number, names, cells, fields))
    return heading, tuple(read)


class RollReader:
    """A roll or census list being read, as a file like any other.

    The head's kind is `ROLL`; its sender is the school all rows name, if they name one. `problems`
    are those of the list as a whole; each record carries its own. `on` is the day it came, since
    a list does not say when it was made. Raises `Unreadable`.
    """

    def __init__(
        self,
        source: Source,
        *,
        name: str,
        mapping: Mapping[str, str] | None = None,
        on: date | None = None,
    ) -> None:
        needed = ("surname", "forename", "born")
        heading, rows = _read(source, name=name, mapping=mapping, needed=needed)
        self._pupils = tuple(
            record_of(row.values, row.unmapped, number=row.number, index=index, on=on)
            for index, row in enumerate(rows, start=1)
        )
        schools = {(s.la, s.estab, s.urn, s.name) for p in self._pupils for s in p.schools}
        source_id = SchoolId(*schools.pop()) if len(schools) == 1 else SchoolId()
        self.header = Header(kind="ROLL", source=source_id)
        self.problems = tuple(_at_first(heading, self._pupils, name))
        upns = Upns()
        for row, pupil in zip(rows, self._pupils, strict=True):
            upns.note(pupil, f"row {row.number}/UPN")

    def __iter__(self) -> Iterator[PupilRecord]:
        return iter(self._pupils)


def _at_first(heading: Heading, pupils: Sequence[PupilRecord], name: str) -> Iterator[Problem]:
    if not pupils:
        yield found("pupils-none", name)
    if not heading.is_first:
        where = f"in the sheet “{heading.sheet}”, " if heading.sheet else ""
        yield found("list-read-from", name, where=where, row=heading.number)


def read_roll(
    source: Source,
    *,
    name: str,
    mapping: Mapping[str, str] | None = None,
    on: date | None = None,
) -> tuple[Header, tuple[PupilRecord, ...], list[Problem]]:
    """Read a whole roll or census list: its head, its records, and its own problems."""
    reader = RollReader(source, name=name, mapping=mapping, on=on)
    return reader.header, tuple(reader), list(reader.problems)


def guess_mapping(headings: Sequence[str]) -> dict[str, str]:
    """Which heading fills which field, by its name; the first of two rivals wins."""
    by_name = {name: field for field, names in GUESSES.items() for name in names}
    fields: dict[str, str] = {}
    for heading in headings:
        words = " ".join(heading.replace("_", " ").lower().split())
        field = by_name.get(words)
        if field is not None and field not in fields.values():
            fields[heading] = field
    return fields


def _check_headings(headings: list[str]) -> None:
    if len(headings) > MOST_COLUMNS:
        raise Unreadable("sheet-too-wide", limit=MOST_COLUMNS)
    twice = next((one for one in headings if one and headings.count(one) > 1), None)
    if twice is not None:
        raise Unreadable("sheet-heading-twice", heading=twice)


def _row(number: int, headings: list[str], cells: list[str], fields: dict[str, str]) -> SheetRow:
    """A row by heading. Cells past the last heading are kept under their column's number."""
    values: dict[str, str] = {}
    rest: dict[str, str] = {}
    for place, cell in enumerate(cells):
        text = cell.strip()
        heading = headings[place] if place < len(headings) else ""
        if heading in fields:
            values[fields[heading]] = text
        elif text:
            rest[heading or f"column {place + 1}"] = text
    return SheetRow(number, values, rest)
