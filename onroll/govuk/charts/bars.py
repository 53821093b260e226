"""Bars: how many of each, and the register by how long cases have been open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.govuk.charts.pieces import BRAND, INK, Drawing, joined, per_cent, svg
from onroll.govuk.parts import Column, Meaning, Table

FILLS = {
    "late": "#ca3535",
    "problem": "#ca3535",
    "soon": "#b35c00",
    "done": "#0f7a52",
    "quiet": "#6f777b",
}
NARROW = 32
"""Letters that fit across a telephone 320 pixels wide."""


@dataclass(frozen=True)
class Bar:
    """One bar: what it counts, how many, where the list of them is, and what the colour says."""

    label: str
    number: int
    url: str = ""
    meaning: Meaning | Literal[""] = ""


def bar_chart(bars: Sequence[Bar], *, name: str, title: str, counted: str, of: str = "") -> Drawing:
    """Draw how many of each.

    `name` makes ids unique on a page; `counted` heads the numbers ("Children") and `of` the
    labels ("Reason").
    """
    most = max((bar.number for bar in bars), default=0) or 1
    drawn, top = [], 0
    for bar in bars:
        shape, height = _bar(bar, most=most, top=top)
        drawn.append(shape)
        top += height
    description = "; ".join(f"{bar.label}: {bar.number}" for bar in bars)
    return Drawing(
        title,
        svg(name, title, f"{counted}. {description}.", top, drawn),
        _counts(bars, title, counted, of),
    )


def age_of_cases(
    ages: Iterable[int],
    *,
    bands: Sequence[tuple[int, str]],
    name: str = "ages",
    late_from: int | None = None,
) -> Drawing:
    """Draw the register by how long cases have been open.

    `ages` are days open, one for each case. A band is the fewest days it takes and its words;
    bands come in order, and those that start at `late_from` days or later are drawn as late.
    """
    ages = list(ages)
    bars = []
    for place, (fewest, words) in enumerate(bands):
        above = bands[place + 1][0] if place + 1 < len(bands) else None
        number = sum(fewest <= age and (above is None or age < above) for age in ages)
        is_late = late_from is not None and fewest >= late_from
        bars.append(Bar(words, number, meaning="late" if is_late else ""))
    return bar_chart(
        bars,
        name=name,
        title="How long children have been on the register",
        counted="Children",
        of="Time",
    )


def _bar(bar: Bar, *, most: int, top: int) -> tuple[SafeString, int]:
    lines = wrap(bar.label, NARROW) or [""]
    label = format_html_join(
        "",
        '<text x="0" y="{}">{}</text>',
        ((top + 16 + 20 * n, line) for n, line in enumerate(lines)),
    )
    y = top + 20 * len(lines) + 4
    # The longest stops short of the edge, so that its number still fits beside it on a telephone.
    width = per_cent(bar.number / most * 82)
    look = format_html('fill="{}"', FILLS[bar.meaning]) if bar.meaning in FILLS else _brand()
    shape = (
        '<rect x="0" y="{}" width="{}" height="22" {}/>'
        '<rect x="0" y="{}" width="2" height="22" fill="{}"/>'
    )
    drawn = format_html(shape, y, width, look, y, INK)
    number = format_html(
        '<text x="{}" y="{}" dx="8" font-weight="700">{}</text>', width, y + 17, bar.number
    )
    return joined([label, drawn, number]), 20 * len(lines) + 40


def _brand() -> SafeString:
    return format_html('fill="{}" class="onroll-drawing__brand"', BRAND)


def _counts(bars: Sequence[Bar], title: str, counted: str, of: str) -> Table:
    link = '<a class="govuk-link" href="{}">{}</a>'
    rows = [
        (format_html(link, bar.url, bar.label) if bar.url else bar.label, bar.number)
        for bar in bars
    ]
    columns = [Column(of or "What"), Column(counted, is_numeric=True)]
    total = ("All", sum(bar.number for bar in bars))
    return Table(
        title, columns, rows, "There is nothing to count yet.", is_caption_hidden=True, total=total
    )
