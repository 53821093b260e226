"""Drawings as SVG, made on the server, with the table that says the same.

They have no `viewBox`: lengths along the page are per cent and letters are in pixels, so words
stay as
large on a telephone as on a desk, and on paper. Everything is a presentation attribute, because the
pages' Content-Security-Policy forbids inline style. docs/adr/0007 says why no charting library is
used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.govuk.fields import MONTHS, in_words
from onroll.govuk.parts import Column, Meaning, Table

INK = "#0b0c0c"
BRAND = "#0f4c5c"
FILLS = {
    "late": "#ca3535",
    "problem": "#ca3535",
    "soon": "#b35c00",
    "done": "#0f7a52",
    "quiet": "#6f777b",
}
NARROW = 32
"""Letters that fit across a telephone 320 pixels wide."""

Lane = Literal["registered", "offered", "alternative", "home_education", "gap"]
LANES: dict[Lane, tuple[str, str]] = {
    "registered": ("On the roll of a school", BRAND),
    "offered": ("Offered a place", "#1a65a6"),
    "alternative": ("Education arranged otherwise", "#0f7a52"),
    "home_education": ("Educated at home", "#54319f"),
    "gap": ("Not known to be anywhere", "#ca3535"),
}


@dataclass(frozen=True)
class Drawing:
    """A picture and the table that says the same."""

    title: str
    svg: SafeString
    table: Table


@dataclass(frozen=True)
class Bar:
    """One bar: what it counts, how many, where the list of them is, and what the colour says."""

    label: str
    number: int
    url: str = ""
    meaning: Meaning | Literal[""] = ""


@dataclass(frozen=True)
class Span:
    """A stretch of a child's life in one lane; `ends_on` is its last day, or None while it
    lasts."""

    lane: Lane
    words: str
    starts_on: date
    ends_on: date | None = None


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
    said = "; ".join(f"{bar.label}: {bar.number}" for bar in bars)
    return Drawing(
        title,
        _svg(name, title, f"{counted}. {said}.", top, drawn),
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

    `ages` are days open, one for each case; each band is the fewest days it takes and its
    words, in order;
    bands that start at `late_from` days or later are drawn as late.
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


def timeline_drawing(
    spans: Sequence[Span], *, on: date, name: str = "places", title: str = ""
) -> Drawing:
    """Draw where a child has been over time, lane by lane, up to the day `on` or the last day
    known.

    Stretches in the lane "gap" are hatched, since nobody knows where the child was.
    """
    title = title or "Where this child has been educated"
    spans = sorted(spans, key=lambda span: span.starts_on)
    first = min((span.starts_on for span in spans), default=on)
    last = max([on, *(span.ends_on or on for span in spans)])
    scale = _Scale(first, last)
    drawn, top = [_hatch(name)], 24 if on < last else 0
    for lane, (words, fill) in LANES.items():
        own = [span for span in spans if span.lane == lane]
        if own:
            drawn.append(
                _lane(words, fill if lane != "gap" else f"url(#{name}-hatch)", own, scale, top, on)
            )
            top += 66
    drawn += [_axis(scale, top), _today(scale, on, top)]
    said = ". ".join(_sentence(span) for span in spans)
    return Drawing(title, _svg(name, title, f"{said}.", top + 30, drawn), _places(spans, title))


# The pieces


@dataclass(frozen=True)
class _Scale:
    """Turns days into per cent of the width."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return how far along a day begins."""
        length = (self.last - self.first).days + 1
        return max(0.0, min(100.0, (day - self.first).days / length * 100))


def _per_cent(part: float) -> str:
    return f"{part:.2f}%"


def _svg(name: str, title: str, said: str, height: int, drawn: Sequence[SafeString]) -> SafeString:
    shape = (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="100%" height="{height}" '
        'font-size="16" font-family="sans-serif" aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{said}</desc>{drawn}</svg>'
    )
    return format_html(
        shape, name=name, title=title, said=said, height=height, drawn=_joined(drawn)
    )


def _joined(shapes: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((shape,) for shape in shapes))


def _bar(bar: Bar, *, most: int, top: int) -> tuple[SafeString, int]:
    lines = wrap(bar.label, NARROW) or [""]
    label = format_html_join(
        "",
        '<text x="0" y="{}">{}</text>',
        ((top + 16 + 20 * n, line) for n, line in enumerate(lines)),
    )
    y = top + 20 * len(lines) + 4
    # The longest stops short of the edge, so that its number still fits beside it on a telephone.
    width = _per_cent(bar.number / most * 82)
    look = format_html('fill="{}"', FILLS[bar.meaning]) if bar.meaning in FILLS else _brand()
    shape = (
        '<rect x="0" y="{}" width="{}" height="22" {}/>'
        '<rect x="0" y="{}" width="2" height="22" fill="{}"/>'
    )
    drawn = format_html(shape, y, width, look, y, INK)
    number = format_html(
        '<text x="{}" y="{}" dx="8" font-weight="700">{}</text>', width, y + 17, bar.number
    )
    return _joined([label, drawn, number]), 20 * len(lines) + 40


def _brand() -> SafeString:
    return format_html('fill="{}" class="onroll-drawing__brand"', BRAND)


def _hatch(name: str) -> SafeString:
    shape = (
        '<defs><pattern id="{}-hatch" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="8" height="8" fill="#ffffff"/>'
        '<rect width="4" height="8" fill="{}"/></pattern></defs>'
    )
    return format_html(shape, name, LANES["gap"][1])


def _lane(
    words: str, fill: str, spans: Sequence[Span], scale: _Scale, top: int, on: date
) -> SafeString:
    label = format_html('<text x="0" y="{}" font-weight="700">{}</text>', top + 16, words)
    track = format_html('<rect x="0" y="{}" width="100%" height="30" fill="#f0f1f2"/>', top + 24)
    return _joined([label, track, *(_span(span, fill, scale, top + 24, on) for span in spans)])


def _span(span: Span, fill: str, scale: _Scale, y: int, on: date) -> SafeString:
    start, end = (
        scale.at(span.starts_on),
        scale.at((span.ends_on or max(on, span.starts_on)) + timedelta(days=1)),
    )
    # A svg inside the svg cuts its words off at its own edge, however narrow the page makes it.
    shape = (
        '<svg x="{}" y="{}" width="{}" height="30"><title>{}</title>'
        '<rect width="100%" height="30" fill="{}" stroke="{}"{}/>{}</svg>'
    )
    is_gap = span.lane == "gap"
    brand = format_html(' class="{}"', "onroll-drawing__brand") if span.lane == "registered" else ""
    words = "" if is_gap else _inside(span.words)
    edge = LANES["gap"][1] if is_gap else "#ffffff"
    width = _per_cent(max(end - start, 0.6))
    return format_html(shape, _per_cent(start), y, width, _sentence(span), fill, edge, brand, words)


def _inside(words: str) -> SafeString:
    return format_html(
        '<text x="8" y="20" font-size="14" fill="#ffffff" '
        'class="onroll-drawing__on-dark">{}</text>',
        words,
    )


def _axis(scale: _Scale, y: int) -> SafeString:
    shape = (
        '<text x="{}" y="{}" font-size="14" text-anchor="{}" '
        'class="onroll-drawing__quiet">{}</text>'
    )
    ends = ((0.0, "start", scale.first), (100.0, "end", scale.last))
    return format_html_join(
        "", shape, ((_per_cent(x), y + 18, anchor, _month(day)) for x, anchor, day in ends)
    )


def _today(scale: _Scale, on: date, height: int) -> SafeString:
    if on >= scale.last:
        return SafeString()
    shape = (
        '<line x1="{0}" x2="{0}" y1="22" y2="{1}" stroke="{2}" stroke-width="2" '
        'stroke-dasharray="4 3"/>'
    )
    words = '<text x="{}" y="16" font-size="14" text-anchor="{}">Today</text>'
    along = scale.at(on)
    anchor = "start" if along < 10 else "end" if along > 90 else "middle"
    return _joined(
        [
            format_html(shape, _per_cent(along), height, INK),
            format_html(words, _per_cent(along), anchor),
        ]
    )


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3].capitalize()} {day.year}"


def _sentence(span: Span) -> str:
    until = f"to {in_words(span.ends_on)}" if span.ends_on else "and still"
    return f"{LANES[span.lane][0]}: {span.words}, from {in_words(span.starts_on)} {until}"


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


def _places(spans: Sequence[Span], title: str) -> Table:
    rows = [
        (
            span.words,
            LANES[span.lane][0],
            in_words(span.starts_on),
            in_words(span.ends_on) if span.ends_on else "Still",
        )
        for span in spans
    ]
    columns = ["Where", "What", "From", "To"]
    return Table(
        title,
        columns,
        rows,
        "Nothing is known yet about where this child has been.",
        is_caption_hidden=True,
    )
