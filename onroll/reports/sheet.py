"""The weekly report as a spreadsheet; text never becomes a formula."""

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from onroll.reports import layout
from onroll.reports.content import Weekly
from onroll.reports.layout import Cell, Section

WIDEST = 60
NAMES = {
    "unknown": "Unknown destination",
    "home_education": "Home education",
    "abroad": "Said to be abroad",
    "gaps_closed": "Said to have joined",
    "opened": "Cases opened",
    "closed": "Cases closed",
    "clocks": "Clocks",
    "late": "Schools",
    "silent": "Silent schools",
    "waiting": "Waiting records",
}


def sheet(weekly: Weekly, *, with_children: bool, colour: str) -> bytes:
    """Return the report as XLSX bytes: the figures first, then a sheet for each list."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": layout.title(weekly), "company": weekly.authority})
    looks = _looks(book, colour)
    _figures(book, weekly, looks, with_children=with_children)
    for section in layout.sections(weekly, with_children=with_children, all_schools=True):
        _list(book, section, looks)
    book.close()
    return out.getvalue()


def _looks(book: Any, colour: str) -> dict[str, Any]:
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format(
            {"bold": True, "font_color": "#ffffff", "bg_color": colour} | wrapped
        ),
        "text": book.add_format(wrapped),
        "date": book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"}),
    }


def _figures(book: Any, weekly: Weekly, looks: dict[str, Any], *, with_children: bool) -> None:
    page = book.add_worksheet("Figures")
    page.set_column(0, 0, WIDEST)
    page.set_column(1, 1, 12)
    page.write_string(0, 0, layout.title(weekly), looks["title"])
    page.write_string(1, 0, weekly.authority)
    row = 2
    if not with_children:
        page.write_string(row, 0, layout.NOT_SHOWN, looks["text"])
        row += 1
    groups = [("This week", "Number", weekly.figures)]
    groups += [(chart.title, chart.counted, chart.counts) for chart in layout.charts(weekly)]
    for title, counted, counts in groups:
        row += 1
        page.write_string(row, 0, title, looks["head"])
        page.write_string(row, 1, counted, looks["head"])
        for count in counts:
            row += 1
            page.write_string(row, 0, count.title[:1].upper() + count.title[1:])
            page.write_number(row, 1, count.number)
        row += 1


def _list(book: Any, section: Section, looks: dict[str, Any]) -> None:
    page = book.add_worksheet(NAMES[section.code])
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    for n, name in enumerate(section.columns):
        page.write_string(0, n, name, looks["head"])
        cells = [layout.words(row[n]) for row in section.rows]
        page.set_column(n, n, min(WIDEST, max(map(len, [name, *cells])) + 2))
    if not section.rows:
        page.write_string(1, 0, section.empty)
        return
    page.autofilter(0, 0, len(section.rows), len(section.columns) - 1)
    for r, row in enumerate(section.rows, 1):
        for n, cell in enumerate(row):
            _write(page, r, n, cell, looks)


def _write(page: Any, row: int, column: int, cell: Cell, looks: dict[str, Any]) -> None:
    match cell:
        case date():
            page.write_datetime(row, column, cell, looks["date"])
        case int():
            page.write_number(row, column, cell, looks["text"])
        case _:
            page.write_string(row, column, layout.words(cell), looks["text"])
