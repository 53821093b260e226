"""A sum step by step: what each thing adds or takes away, each bar from the end of the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.govuk.charts.bars import FILLS
from onroll.govuk.charts.pieces import INK, Drawing, joined, per_cent, svg
from onroll.govuk.parts import Column, Table

BAR, LINE = 18, 20
MINUS = "\N{MINUS SIGN}"
NARROW = 27
"""Letters that fit beside an amount on a telephone 320 pixels wide."""


@dataclass(frozen=True)
class Drop:
    """One step: what it is, what is said of it, and how much it adds or takes away."""

    label: str
    words: str
    amount: float


def waterfall_drawing(
    drops: Sequence[Drop], *, name: str, title: str, total: Drop, counted: str, of: str
) -> Drawing:
    """Draw steps from nought to their total.

    `name` makes ids unique on a page; `counted` heads the amounts and `of` the labels.
    """
    ends = _ends(drops)
    low, high = min([0.0, *ends]), max([0.0, *ends])
    scale = _Scale(low, (high - low) or 1.0)
    drawn, top = [], 0
    for drop, start, end in zip(drops, [0.0, *ends], ends, strict=False):
        shape, height = _bar(drop, start, end, scale, top)
        drawn.append(shape)
        top += height
    shape, height = _bar(total, 0.0, total.amount, scale, top, is_total=True)
    drawn.append(shape)
    top += height
    description = "; ".join(f"{d.label}, {d.words}: {signed(d.amount)}" for d in (*drops, total))
    table = _table(drops, title, total, counted, of)
    return Drawing(title, svg(name, title, f"{description}.", top, drawn), table)


def signed(amount: float) -> str:
    """Return an amount with its sign, as it is drawn and tabled."""
    rounded = round(amount, 1)
    return f"+{rounded:.1f}" if rounded > 0 else f"{MINUS}{-rounded:.1f}" if rounded < 0 else "0"


@dataclass(frozen=True)
class _Scale:
    """Turns amounts into per cent of the width."""

    low: float
    width: float

    def at(self, amount: float) -> float:
        """Return how far along an amount stands."""
        return (amount - self.low) / self.width * 100


def _ends(drops: Sequence[Drop]) -> list[float]:
    ends: list[float] = []
    for drop in drops:
        ends.append((ends[-1] if ends else 0.0) + drop.amount)
    return ends


def _bar(
    drop: Drop, start: float, end: float, scale: _Scale, top: int, *, is_total: bool = False
) -> tuple[SafeString, int]:
    """Draw one step under its words, which say the sign too: the colour alone tells nothing."""
    lines = wrap(f"{drop.label}: {drop.words}", NARROW)
    last = len(lines) - 1
    texts = format_html_join(
        "",
        '<text x="0" y="{}" font-weight="{}">{}</text>',
        ((top + 16 + LINE * n, 700 if is_total else 400, line) for n, line in enumerate(lines)),
    )
    number = format_html(
        '<text x="100%" y="{}" text-anchor="end" font-weight="700">{}</text>',
        top + 16 + LINE * last,
        signed(drop.amount),
    )
    left, right = sorted((scale.at(start), scale.at(end)))
    fill = FILLS["done"] if drop.amount >= 0 else FILLS["problem"]
    y = top + LINE * len(lines) + 4
    shape = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        per_cent(min(left, 99.5)),
        y,
        per_cent(max(right - left, 0.5)),
        BAR,
        fill,
    )
    return joined([texts, number, shape, _nought(scale, y)]), LINE * len(lines) + BAR + 14


def _nought(scale: _Scale, y: int) -> SafeString:
    shape = '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="{3}" stroke-width="2"/>'
    return format_html(shape, per_cent(scale.at(0.0)), y - 3, y + BAR + 3, INK)


def _table(drops: Sequence[Drop], title: str, total: Drop, counted: str, of: str) -> Table:
    rows = [(drop.label, drop.words.capitalize(), signed(drop.amount)) for drop in drops]
    columns = [Column(of), Column("What they say"), Column(counted, is_numeric=True)]
    return Table(
        title,
        columns,
        [*rows, (total.label, total.words.capitalize(), signed(total.amount))],
        "Nothing can be compared.",
        is_caption_hidden=True,
    )
