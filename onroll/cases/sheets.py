"""The register as a spreadsheet whose cells are never run as formulas."""

import csv
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO, StringIO

import xlsxwriter

from onroll.cases.queries.register import Line
from onroll.tables.formulas import harmless

FIELDS = (
    "name",
    "age",
    "last school",
    "reason",
    "stage",
    "owner",
    "days",
    "next clock",
    "alerts",
    "risk",
)
HEADS = (
    "Case",
    "Child",
    "Age and year",
    "Last school",
    "Why",
    "Stage",
    "Owner",
    "On the register for",
    "Next clock",
    "Due",
    "Alerts",
    "Level of risk",
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _cells(line: Line) -> list[str]:
    due = f"{line.due_on:%d/%m/%Y}" if line.due_on else ""
    values = (line.ref, line.name, line.age, line.school, line.why, line.stage, line.owner)
    figures = (line.time, line.due_title, due, str(line.alerts), line.risk)
    return [harmless(cell) for cell in (*values, *figures)]


def write_csv(lines: Iterable[Line]) -> tuple[bytes, str]:
    """Return the rows as CSV with the UTF-8 mark that spreadsheets need, and its media type."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADS)
    writer.writerows(_cells(line) for line in lines)
    return out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8"


def write_xlsx(lines: Iterable[Line]) -> tuple[bytes, str]:
    """Return the rows as a workbook in which every cell is text, and its media type."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Register")
        bold = book.add_format({"bold": True})
        rows: list[Sequence[str]] = [HEADS, *map(_cells, lines)]
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                sheet.write_string(y, x, text, None if y else bold)
        sheet.freeze_panes(1, 2)
        sheet.autofit()
    return out.getvalue(), XLSX


WRITERS: dict[str, Callable[[Iterable[Line]], tuple[bytes, str]]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
}
