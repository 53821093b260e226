"""Read a list of children into entries that lists are compared by."""

from datetime import date
from pathlib import Path

from onroll.commands.compare.children import Line, standing_of
from onroll.formats import Unreadable
from onroll.formats.problems import wrong_words
from onroll.formats.sheets import SheetList, SheetRow, read_list
from onroll.formats.standing import is_second
from onroll.matching import ListEntry
from onroll.rules import age
from onroll.tables import day_of

OLDEST = 25
"""Nobody on a list of children is older (years): such a date of birth is a placeholder."""


def read_sheet(path: Path) -> SheetList:
    """Read a list with names of children. Raises `OSError` for a list without names."""
    try:
        sheet = read_list(path, name=path.name, needed=("surname", "forename"))
    except Unreadable as error:
        words = wrong_words(error.rule, error.facts) if error.rule == _COLUMNS else str(error)
        hint = f" {_WHICH_COLUMNS}" if error.rule == _COLUMNS else ""
        raise OSError((words if path.name in words else f"{path.name}: {words}") + hint) from error
    if sheet.rows and not any(_names_somebody(row) for row in sheet.rows):
        raise OSError(f"{path.name}: no row has a name in it. {_WHICH_COLUMNS}")
    return sheet


_COLUMNS = "sheet-columns"
_WHICH_COLUMNS = "A list of children names its columns at its top, among them Surname and Forename."


def _names_somebody(row: SheetRow) -> bool:
    return any(row.values.get(field) for field in ("surname", "forename", "upn"))


def lines_of(sheet: SheetList, *, was_on: date, on: date, day: date) -> list[Line]:
    """Return the rows of the list of `day`; `was_on` and `on` are the dates of both lists."""
    return [Line(row, _entry(row, was_on, on), standing_of(row, day)) for row in sheet.rows]


def _entry(row: SheetRow, was_on: date, on: date) -> ListEntry:
    values, born = row.values, day_of(row.values.get("born", ""))
    is_likely = born is not None and born <= on and on.year - born.year <= OLDEST
    number = values.get("la", "") + values.get("estab", "")
    return ListEntry(
        key=str(row.number),
        id=next((row.unmapped[name] for name in ("id", "Id", "ID") if name in row.unmapped), ""),
        forename=values.get("forename", ""),
        surname=values.get("surname", ""),
        born=born.isoformat() if born else values.get("born", ""),
        sex=values.get("sex", "")[:1].upper(),
        upn=values.get("upn", ""),
        school=values.get("school") or number or values.get("urn", ""),
        year_then=age.year_group(born, on=was_on) if born and is_likely else "",
        year_now=age.year_group(born, on=on) if born and is_likely else "",
        is_of_age=age.is_compulsory(born, on=on) if born and is_likely else None,
        school_number=number or values.get("urn", ""),
        is_second=is_second(values.get("enrol_status", "")),
    )
