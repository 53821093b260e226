"""Where a child has been educated over time, lane by lane, gaps hatched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.govuk.charts.pieces import BRAND, INK, Drawing, joined, per_cent, svg
from onroll.govuk.fields import MONTHS, in_words
from onroll.govuk.parts import Table

DESK = 11.2
"""Pixels in one per cent of a page on a desk: words that do not fit even there are left out."""

Lane = Literal["registered", "offered", "alternative", "home_education", "elsewhere", "gap"]
LANES: dict[Lane, tuple[str, str]] = {
    "registered": ("On the roll of a school", BRAND),
    "offered": ("Offered a place", "#1a65a6"),
    "alternative": ("Education arranged otherwise", "#0f7a52"),
    "home_education": ("Educated at home", "#54319f"),
    "elsewhere": ("Abroad, or with another authority", "#505a5f"),
    "gap": ("Not known to be anywhere", "#ca3535"),
}


@dataclass(frozen=True)
class Span:
    """A stretch of a child's life in one lane; `ends_on` is its last day, None while it lasts."""

    lane: Lane
    words: str
    starts_on: date
    ends_on: date | None = None


def timeline_drawing(
    spans: Sequence[Span], *, on: date, name: str = "places", title: str = ""
) -> Drawing:
    """Draw where a child has been over time, lane by lane, up to `on` or the last day known.

    Stretches in the lane "gap" are hatched, since nobody knows where the child was.
    """
    title = title or "Where this child has been educated"
    spans = sorted(spans, key=lambda span: span.starts_on)
    first = min((span.starts_on for span in spans), default=on)
    last = max([on, *(span.ends_on or span.starts_on for span in spans)])
    scale = _Scale(first, last)
    drawn, top = [_hatch(name)], 24 if on < last else 0
    for lane, (words, fill) in LANES.items():
        own_spans = [span for span in spans if span.lane == lane]
        if own_spans:
            colour = fill if lane != "gap" else f"url(#{name}-hatch)"
            drawn.append(_lane(words, colour, own_spans, scale, top, on))
            top += 66
    drawn += [_end_labels(scale, top), _today(scale, on, top)]
    text = ". ".join(_sentence(span) for span in spans)
    return Drawing(title, svg(name, title, f"{text}.", top + 30, drawn), _places(spans, title))


@dataclass(frozen=True)
class _Scale:
    """Turns days into per cent of the width."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return how far along a day begins."""
        length = (self.last - self.first).days + 1
        return max(0.0, min(100.0, (day - self.first).days / length * 100))


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
    return joined([label, track, *(_span(span, fill, scale, top + 24, on) for span in spans)])


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
    fits = (end - start) * DESK >= len(span.words) * 7 + 16
    words = _inside(span.words) if fits and not is_gap else ""
    edge = LANES["gap"][1] if is_gap else "#ffffff"
    width = per_cent(max(end - start, 0.6))
    return format_html(shape, per_cent(start), y, width, _sentence(span), fill, edge, brand, words)


def _inside(words: str) -> SafeString:
    return format_html(
        '<text x="8" y="20" font-size="14" fill="#ffffff" '
        'class="onroll-drawing__on-dark">{}</text>',
        words,
    )


def _end_labels(scale: _Scale, y: int) -> SafeString:
    """Return the first and the last month of the scale as text, under the height `y`."""
    shape = (
        '<text x="{}" y="{}" font-size="14" text-anchor="{}" '
        'class="onroll-drawing__quiet">{}</text>'
    )
    ends = ((0.0, "start", scale.first), (100.0, "end", scale.last))
    return format_html_join(
        "", shape, ((per_cent(x), y + 18, anchor, _month(day)) for x, anchor, day in ends)
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
    return joined(
        [
            format_html(shape, per_cent(along), height, INK),
            format_html(words, per_cent(along), anchor),
        ]
    )


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3].capitalize()} {day.year}"


def _sentence(span: Span) -> str:
    until = f"to {in_words(span.ends_on)}" if span.ends_on else "and still"
    return f"{LANES[span.lane][0]}: {span.words}, from {in_words(span.starts_on)} {until}"


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
