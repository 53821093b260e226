"""Draws figures as SVG: a row for each set, a mark for each method, readable on light and dark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10
from xml.sax.saxutils import escape

WIDTH, GUTTER, RIGHT, TOP, ROW, BOTTOM = 760, 290, 45, 70, 32, 30
APART = 5
"""Marks of one row stand a little below one another, so that equal ones are all seen."""
MARKS = (
    '<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" class="s0"/>',
    '<path d="M{x:.1f} {y:.1f}m0 -6l6 6l-6 6l-6 -6z" class="s1"/>',
    '<path d="M{x:.1f} {y:.1f}m-5 -5h10v10h-10z" class="s2"/>',
    '<path d="M{x:.1f} {y:.1f}m0 -6l6 10h-12z" class="s3"/>',
)
"""Told apart by their shape as well as by their colour."""
STYLE = """\
svg{font:13px system-ui,sans-serif;background:#fff;color:#0b0c0c}text{fill:currentColor}
.g{stroke:#d5d8da}.s0{fill:#00703c}.s1{fill:#c2410c}.s2{fill:#4c4c9d}.s3{fill:#7a6a00}
@media(prefers-color-scheme:dark){svg{background:#0d1117;color:#e6edf3}
.g{stroke:#3a424b}.s0{fill:#4cc38a}.s1{fill:#ff9b61}.s2{fill:#a9a9f0}.s3{fill:#e3c94b}}"""


@dataclass(frozen=True)
class Scale:
    """An axis from the first tick to the last; ticks by what is written at them."""

    ticks: Mapping[str, float]
    is_logarithmic: bool = False

    def place(self, value: float) -> float:
        """Return where a value lies, from 0 to 1; values beyond the ends lie on them."""
        low, high = min(self.ticks.values()), max(self.ticks.values())
        value = min(max(value, low), high)
        if self.is_logarithmic:
            return log10(value / low) / log10(high / low)
        return (value - low) / (high - low)


Rows = Sequence[tuple[str, Sequence[float | None]]]


def drawn(title: str, series: Sequence[str], rows: Rows, scale: Scale) -> str:
    """Return an SVG with a row of marks for each name; `None` leaves a mark out."""
    height = TOP + ROW * len(rows) + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(_in_words(series, rows))}</desc>",
        f"<style>{STYLE}</style>",
        f'<text x="12" y="24" font-weight="600">{escape(title)}</text>',
        *_legend(series),
        *_axis(scale, height),
        *(part for n, row in enumerate(rows) for part in _row(n, row, scale)),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _in_words(series: Sequence[str], rows: Rows) -> str:
    sentences = (
        ", ".join(
            f"{name} {value:.4g}"
            for name, value in zip(series, values, strict=True)
            if value is not None
        )
        for _, values in rows
    )
    return "; ".join(f"{row[0]}: {words}" for row, words in zip(rows, sentences, strict=True)) + "."


def _legend(series: Sequence[str]) -> list[str]:
    return [
        MARKS[n].format(x=18 + 170 * n, y=46)
        + f'<text x="{29 + 170 * n}" y="50">{escape(name)}</text>'
        for n, name in enumerate(series)
    ]


def _axis(scale: Scale, height: int) -> list[str]:
    foot = height - BOTTOM + 4
    return [
        f'<path d="M{_x(scale, value):.1f} {TOP - 6}V{foot}" class="g"/>'
        f'<text x="{_x(scale, value):.1f}" y="{foot + 16}" text-anchor="middle">{words}</text>'
        for words, value in scale.ticks.items()
    ]


def _x(scale: Scale, value: float) -> float:
    return GUTTER + scale.place(value) * (WIDTH - GUTTER - RIGHT)


def _row(n: int, row: tuple[str, Sequence[float | None]], scale: Scale) -> list[str]:
    y = TOP + ROW * n + ROW / 2
    name, values = row
    marks = [
        MARKS[k].format(x=_x(scale, value), y=y + APART * (k - (len(values) - 1) / 2))
        for k, value in enumerate(values)
        if value is not None
    ]
    label = f'<text x="{GUTTER - 14}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>'
    return [label, *reversed(marks)]
