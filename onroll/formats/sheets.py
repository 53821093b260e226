"""Rolls and census lists as CSV or XLSX. Columns are mapped by the caller, or guessed by name.

Source: trust.md section 1.10 for the limits; the guesses are the headings school systems export.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onroll.formats.kinds import FileKind
from onroll.formats.layout import BASIC, PUPIL, SPELL
from onroll.formats.problems import PARTS, Problem, Unreadable, as_unreadable, new_problem
from onroll.formats.reading import Upns
from onroll.formats.records import Header, PupilRecord, SchoolId
from onroll.formats.roll import record_of
from onroll.formats.safe_xml import UPLOAD_LIMIT, Source, opened
from onroll.formats.standing import is_unknown_status
from onroll.tables import Remark, Table, heading, open_table
from onroll.tables.refusal import size_in_words

MOST_ROWS = 250_000
FEW = 10
"""Where more than one row in so many is short, short rows are a way of writing and no slip."""

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
        "entrydate",
        "joining date",
        "date of joining",
        "date on roll",
    ),
    "leaving_on": (
        "leaving date",
        "date of leaving",
        "end date",
        "leavingdate",
        "leave date",
        "date left",
        "leaver date",
        "exit date",
        "date of exit",
        "date off roll",
        "off roll date",
    ),
    "former_upn": ("former upn", "previous upn"),
    "email": ("email", "email address", "pupil email"),
    "phone": ("telephone", "phone", "home telephone"),
    "contact_relationship": ("contact 1 relationship", "relationship", "contact relationship"),
    "contact_surname": ("contact 1 surname", "contact surname", "parent surname"),
    "contact_forename": ("contact 1 forename", "contact forename", "parent forename"),
    "contact_phone": ("contact 1 telephone", "contact telephone", "parent telephone"),
    "contact_email": ("contact 1 email", "contact email", "parent email"),
    "application_reference": ("application reference", "admission number"),
    "enrol_status": (
        "enrol status",
        "enrolment status",
        "status",
        "enrolstatus",
        "enrollment status",
        "registration status",
        "pupil status",
        "roll status",
    ),
}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as a person sees it (the first is 1), our fields, and all the rest."""

    number: int
    values: Mapping[str, str]
    unmapped: Mapping[str, str]


def headed(source: Source, *, name: str) -> Table:
    """Return a list, with the row that names its columns and the rows below it.

    That row is the first with two names we know, within the first ten rows of the first sheet that
    has such a row. If no sheet has one, it is the row of the first sheet with one name we know, or
    else the row with the most cells in use. Raises `Unreadable` if no row can name columns.
    """
    with as_unreadable(name):
        return open_table(content_of(source), name=name, count=lambda row: len(guess_mapping(row)))


def content_of(source: Source) -> bytes:
    """Return the bytes of a list. Raises `Unreadable` for one that is too large."""
    with opened(source) as file:
        content = file.read(UPLOAD_LIMIT + 1)
    if len(content) > UPLOAD_LIMIT:
        raise Unreadable("file-too-large", limit=size_in_words(UPLOAD_LIMIT))
    return content


@dataclass(frozen=True, slots=True)
class SheetList:
    """A list that was read: its rows, and what is to be told of it or of one of them."""

    rows: tuple[SheetRow, ...]
    remarks: tuple[Remark, ...]
    headings: Mapping[str, str]
    """What the column of each of our fields is called."""


def read_sheet(
    source: Source,
    *,
    name: str,
    mapping: Mapping[str, str] | None = None,
    needed: Sequence[str] = (),
) -> tuple[SheetRow, ...]:
    """Read the rows of a list; `read_list` tells more of it."""
    return read_list(source, name=name, mapping=mapping, needed=needed).rows


def read_list(
    source: Source,
    *,
    name: str,
    mapping: Mapping[str, str] | None = None,
    needed: Sequence[str] = (),
) -> SheetList:
    """Read a list with one row of names. Every value is text; dates of XLSX come as CCYY-MM-DD.

    `mapping` says which heading fills which field (`{"Legal Surname": "surname"}`); without it the
    fields are guessed. Raises `Unreadable`, also when a `needed` field has no column.
    """
    table = headed(source, name=name)
    names = list(table.names)
    _check_headings(names)
    fields = guess_mapping(names) if mapping is None else dict(mapping)
    missing = [field for field in needed if field not in fields.values()]
    absent = [column for column in fields if column not in names]
    if missing or absent:
        raise Unreadable("sheet-columns", name, missing=", ".join(missing or absent))
    rows: list[SheetRow] = []
    widths, columns = dict[int, int](), _filled(names)
    for number, cells in table.rows:
        if number > MOST_ROWS:
            raise Unreadable("sheet-too-long", name, limit=f"{MOST_ROWS:,}")
        if any(cells):
            rows.append(_row(number, names, cells, fields))
            least = columns if table.sheet else min(columns, len(cells))
            widths[number] = max(_filled(cells), least)
    headings = {field: title for title, field in fields.items()}
    return SheetList(tuple(rows), (*table.remarks, *_shifted(widths, columns)), headings)


def _filled(cells: Sequence[str]) -> int:
    """How far a row reaches that holds something; what is empty at its end is only filling."""
    return next((n for n in range(len(cells), 0, -1) if cells[n - 1].strip()), 0)


def _shifted(widths: Mapping[int, int], columns: int) -> Iterator[Remark]:
    """Tell the rows in which a value may stand in the wrong column.

    Some programs leave out what is empty at the end of a row; then most rows are short.
    """
    short = [number for number, width in widths.items() if width < columns]
    for number, width in widths.items():
        facts: dict[str, str | int] = {"values": width, "columns": columns}
        if width > columns:
            yield Remark("row-longer", facts, number)
        elif width < columns and len(short) * FEW <= len(widths):
            yield Remark("row-shorter", facts, number)


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
        read = read_list(source, name=name, mapping=mapping, needed=needed)
        self._pupils = tuple(
            record_of(row.values, row.unmapped, number=row.number, index=index, on=on)
            for index, row in enumerate(read.rows, start=1)
        )
        schools = {(s.la, s.estab, s.urn, s.name) for p in self._pupils for s in p.schools}
        source_id = SchoolId(*schools.pop()) if len(schools) == 1 else SchoolId()
        self.header = Header(kind=FileKind.ROLL, source=source_id)
        records = {row.number: pupil for row, pupil in zip(read.rows, self._pupils, strict=True)}
        self.problems = (
            *_of_the_list(read.remarks, records, name),
            *unknown_statuses((row.number, row.values) for row in read.rows),
        )
        upns = Upns()
        for number, pupil in records.items():
            upns.note(pupil, f"row {number}/UPN")
            _name_columns(pupil, read.headings)

    def __iter__(self) -> Iterator[PupilRecord]:
        return iter(self._pupils)


_FIELDS = {name: item.field for table in (SPELL, BASIC, PUPIL) for name, item in table.items()}
"""Our field by the name of its element, by which the checks know it."""


def _name_columns(pupil: PupilRecord, headings: Mapping[str, str]) -> None:
    """Let each problem of a record say the column as its heading is written in the list."""
    problems = (_under_heading(problem, headings) for problem in pupil.problems)
    object.__setattr__(pupil, "problems", tuple(problems))


def _under_heading(problem: Problem, headings: Mapping[str, str]) -> Problem:
    row, _, column = problem.path.partition("/")
    name = column.rpartition("/")[2]
    title = headings.get(_FIELDS.get(name, name))
    return replace(problem, path=f"{row}/{title}") if title else problem


def _of_the_list(
    remarks: Iterable[Remark], records: Mapping[int, PupilRecord], name: str
) -> Iterator[Problem]:
    """Give each record what is wrong with its row; yield what is about the list."""
    if not records:
        yield new_problem("pupils-none", name)
    for remark in remarks:
        if remark.rule in PARTS["pupil"] and remark.row is not None:
            pupil = records[remark.row]
            problem = new_problem(remark.rule, f"row {remark.row}", pupil.index, **remark.facts)
            object.__setattr__(pupil, "problems", (*pupil.problems, problem))
        else:
            path = f"row {remark.row}" if remark.row else name
            yield new_problem(remark.rule, path, **remark.facts)


MOST_STATUSES = 10
"""More unknown words than these are told of no list: the column is none of enrolment statuses."""


def unknown_statuses(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[Problem]:
    """Tell each enrolment status that nobody knows, once, with the first row that has it."""
    rows_of: dict[str, list[int]] = {}
    for number, values in rows:
        status = values.get("enrol_status", "")
        if is_unknown_status(status):
            rows_of.setdefault(status, []).append(number)
    return [
        new_problem("enrol-status-unknown", f"row {at[0]}", value=status, rows=len(at), first=at[0])
        for status, at in list(rows_of.items())[:MOST_STATUSES]
    ]


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
    """Which heading fills which field, by its name; the first of two rivals wins.

    `Status` may be that of anything, where another column says which status it has.
    """
    by_name = {name: field for field, names in GUESSES.items() for name in names}
    fields: dict[str, str] = {}
    named = {title: " ".join(title.replace("_", " ").lower().split()) for title in headings}
    if not {"status"}.issuperset({*GUESSES["enrol_status"]} & {*named.values()}):
        del by_name["status"]
    for title, words in named.items():
        field = by_name.get(words)
        if field is not None and field not in fields.values():
            fields[title] = field
    return fields


def _check_headings(headings: list[str]) -> None:
    if len(headings) > heading.MOST_COLUMNS:
        raise Unreadable("sheet-too-wide", limit=heading.MOST_COLUMNS)
    twice = next((text for text in headings if text and headings.count(text) > 1), None)
    if twice is not None:
        raise Unreadable("sheet-heading-twice", heading=twice)


def _row(number: int, headings: list[str], cells: list[str], fields: dict[str, str]) -> SheetRow:
    """A row by heading. Cells past the last heading are kept under their column's number."""
    values: dict[str, str] = {}
    unmapped: dict[str, str] = {}
    for place, cell in enumerate(cells):
        text = cell.strip()
        title = headings[place] if place < len(headings) else ""
        if title in fields:
            values[fields[title]] = text
        elif text:
            unmapped[title or f"column {place + 1}"] = text
    return SheetRow(number, values, unmapped)
