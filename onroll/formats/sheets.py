"""Rolls and census lists as CSV or XLSX. Columns are mapped by the caller, or guessed by name.

Source: trust.md section 1.10 for the limits; the guesses are the headings school systems export.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onroll.formats.problems import Problem, Unreadable, found
from onroll.formats.records import Header, PupilRecord, SchoolId
from onroll.formats.roll import record_of
from onroll.formats.safe_xml import Source
from onroll.formats.tables import table_rows

MOST_COLUMNS = 200
MOST_ROWS = 250_000

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
    """One row: its number as a person sees it (the heading is 1), our fields, and all the rest."""

    number: int
    values: Mapping[str, str]
    unmapped: Mapping[str, str]


def read_sheet(
    source: Source,
    *,
    name: str,
    mapping: Mapping[str, str] | None = None,
    needed: Sequence[str] = (),
) -> tuple[SheetRow, ...]:
    """Read a list with one heading row. Every value is text; dates of XLSX come as CCYY-MM-DD.

    `mapping` says which heading fills which field (`{"Legal Surname": "surname"}`); without it the
    fields are guessed. Raises `Unreadable`, also when a `needed` field has no column.
    """
    rows = table_rows(source, name=name)
    headings = [heading.strip() for heading in next(rows, [])]
    _check_headings(headings)
    fields = guess_mapping(headings) if mapping is None else dict(mapping)
    missing = [field for field in needed if field not in fields.values()]
    absent = [heading for heading in fields if heading not in headings]
    if missing or absent:
        raise Unreadable("sheet-columns", name, missing=", ".join(missing or absent))
    read: list[SheetRow] = []
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise Unreadable("sheet-too-long", name, limit=MOST_ROWS)
        if any(cells):
            read.append(_row(number, headings, cells, fields))
    return tuple(read)


def read_roll(
    source: Source, *, name: str, mapping: Mapping[str, str] | None = None
) -> tuple[Header, tuple[PupilRecord, ...], list[Problem]]:
    """Read a roll or census list as a file like any other: its head, records, and own problems.

    The head's kind is `ROLL`; its sender is the school all rows name, if they name one. Each
    record carries its own problems. Raises `Unreadable`.
    """
    rows = read_sheet(source, name=name, mapping=mapping, needed=("surname", "forename", "born"))
    pupils = tuple(
        record_of(row.values, row.unmapped, number=row.number, index=index)
        for index, row in enumerate(rows, start=1)
    )
    schools = {(one.la, one.estab, one.urn, one.name) for pupil in pupils for one in pupil.schools}
    source_id = SchoolId(*schools.pop()) if len(schools) == 1 else SchoolId()
    problems = [] if pupils else [found("pupils-none", name)]
    return Header(kind="ROLL", source=source_id), pupils, problems


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
    if not any(headings):
        raise Unreadable("sheet-no-heading")
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
