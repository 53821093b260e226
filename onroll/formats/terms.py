"""Term dates and closures as a list: CSV or XLSX with five columns.

`School` (seven digits, or empty for every school), `What` (term or closed), `Name`, `First day`,
`Last day` (may be empty for a closure of one day). Days are dd/mm/yyyy or yyyy-mm-dd.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onroll.formats.problems import Unreadable
from onroll.formats.safe_xml import Source
from onroll.formats.tables import table_rows

COLUMNS = ("School", "What", "Name", "First day", "Last day")
TERM, CLOSED = "term", "closed"
DAYS = ("%d/%m/%Y", "%Y-%m-%d")
LONGEST_TERM = timedelta(days=180)
LONGEST_CLOSURE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class SchoolDates:
    """A term, or a stretch of days on which a school in term does not meet.

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
    """What a list says, and what is wrong with it in sentences. With a problem, use none of it."""

    dates: tuple[SchoolDates, ...]
    problems: tuple[str, ...]


def read_terms(source: Source, *, name: str) -> TermList:
    """Read a list of terms and closures. Raises Unreadable when it is no such list."""
    rows = table_rows(source, name=name)
    headings = [heading.strip().casefold() for heading in next(rows, [])]
    missing = [column for column in COLUMNS if column.casefold() not in headings]
    if missing:
        raise Unreadable("sheet-columns", missing=", ".join(missing))
    at = [headings.index(column.casefold()) for column in COLUMNS]
    dates: list[SchoolDates] = []
    problems: list[str] = []
    for number, cells in _filled(rows):
        texts = [cells[place].strip() if place < len(cells) else "" for place in at]
        said = _dates(number, *texts)
        if isinstance(said, str):
            problems.append(f"Row {number}: {said}")
        else:
            dates.append(said)
    return TermList(tuple(dates), tuple(problems))


def _filled(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    return ((n, cells) for n, cells in enumerate(rows, start=2) if any(map(str.strip, cells)))


def _dates(row: int, school: str, what: str, name: str, first: str, last: str) -> SchoolDates | str:
    """Return what a row says, or what is wrong with it."""
    number = school.replace("/", "").replace(" ", "")
    if number and not (number.isascii() and number.isdigit() and len(number) == 7):
        return f"“{school}” is not a school's seven-digit number."
    if what.casefold() not in (TERM, CLOSED):
        return f"“{what}” should be “term” or “closed”."
    is_term = what.casefold() == TERM
    starts_on, ends_on = _day(first), _day(last or ("" if is_term else first))
    if starts_on is None or ends_on is None:
        return "the first or last day is not a date such as 01/09/2026."
    if ends_on < starts_on:
        return "it ends before it starts."
    if ends_on - starts_on > (LONGEST_TERM if is_term else LONGEST_CLOSURE):
        return "it is too long to be right; check the year."
    return SchoolDates(row, number, is_term, name[:60] or what.capitalize(), starts_on, ends_on)


def _day(text: str) -> date | None:
    for shape in DAYS:
        try:
            return datetime.strptime(text, shape).date()
        except ValueError:
            continue
    return None
