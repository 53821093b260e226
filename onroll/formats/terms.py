"""Term dates and closures as a list: CSV or XLSX with five columns.

`School` (seven digits, or empty for every school), `What` (term or closed), `Name`, `First day`,
`Last day` (may be empty for a closure of one day). Days are written as in `onroll.tables.days`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onroll.formats.problems import Unreadable, as_unreadable
from onroll.formats.safe_xml import Source
from onroll.formats.sheets import content_of
from onroll.tables import day_of, open_table
from onroll.tables.delimited import Rows

COLUMNS = ("School", "What", "Name", "First day", "Last day")
TERM, CLOSED = "term", "closed"
HARMLESS = ("list-read-from", "list-sheet-hidden")
"""Remarks that do not make a list wrong."""
LONGEST_TERM = timedelta(days=180)
LONGEST_CLOSURE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class SchoolDates:
    """A term, or days in term on which a school is closed.

    `number` is the school's seven digits, or "" for every school of the authority.
    """

    row: int
    number: str
    is_term: bool
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class TermList:
    """The dates of a list and its problems in sentences. With a problem, use none of it."""

    dates: tuple[SchoolDates, ...]
    problems: tuple[str, ...]


def read_terms(source: Source, *, name: str) -> TermList:
    """Read a list of terms and closures. Raises Unreadable when it is no such list."""
    with as_unreadable(name):
        table = open_table(content_of(source), name=name, count=_count_columns)
    headings = [heading.casefold() for heading in table.names]
    missing = [column for column in COLUMNS if column.casefold() not in headings]
    if missing:
        raise Unreadable("sheet-columns", missing=", ".join(missing))
    at = [headings.index(column.casefold()) for column in COLUMNS]
    dates: list[SchoolDates] = []
    problems: list[str] = []
    for number, cells in _filled(table.rows):
        texts = [cells[place].strip() if place < len(cells) else "" for place in at]
        result = _dates(number, *texts)
        if isinstance(result, str):
            problems.append(f"Row {number}: {result}")
        else:
            dates.append(result)
        if any(map(str.strip, cells[len(headings) :])):
            problems.append(f"Row {number}: it has more values than there are columns.")
    problems += [remark.words for remark in table.remarks if remark.rule not in HARMLESS]
    return TermList(tuple(dates), tuple(problems))


def _count_columns(row: Sequence[str]) -> int:
    names = {cell.strip().casefold() for cell in row}
    return sum(column.casefold() in names for column in COLUMNS)


def _filled(rows: Rows) -> Iterator[tuple[int, list[str]]]:
    return ((n, cells) for n, cells in rows if any(map(str.strip, cells)))


def _dates(row: int, school: str, kind: str, name: str, first: str, last: str) -> SchoolDates | str:
    """Return a row's dates, or its problem in a sentence."""
    number = school.replace("/", "").replace(" ", "")
    if number and not (number.isascii() and number.isdigit() and len(number) == 7):
        return f"“{school}” is not a school's seven-digit number."
    if kind.casefold() not in (TERM, CLOSED):
        return f"“{kind}” should be “term” or “closed”."
    is_term = kind.casefold() == TERM
    starts_on, ends_on = day_of(first), day_of(last or ("" if is_term else first))
    if starts_on is None or ends_on is None:
        return "the first or last day is not a date such as 01/09/2026."
    if ends_on < starts_on:
        return "it ends before it starts."
    if ends_on - starts_on > (LONGEST_TERM if is_term else LONGEST_CLOSURE):
        return "it is too long to be right; check the year."
    return SchoolDates(row, number, is_term, name[:60] or kind.capitalize(), starts_on, ends_on)
