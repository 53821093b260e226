"""Writes the figures into docs/matching.md, below what people wrote, one part at a time."""

from pathlib import Path

from bench.linking.part import PARTS, Part
from bench.page import circumstances, parts_of

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "matching.md"
BEGIN = "<!-- figures -->"
HEADING = f"""\
{BEGIN}
# Figures

Written by `make bench` (`python -m bench linking --only NAME` for one part); nobody edits what
stands below. All methods of a part ran in the same run and were judged by the same functions
(`bench/linking/judging.py`). An aim that is missed says *no*.
"""


def write(name: str, title: str, part: Part, page: Path = PAGE) -> None:
    """Put a part into the page in place of its last one, and its drawings beside it."""
    text = page.read_text(encoding="utf-8")
    by_hand, _, below = text.partition(BEGIN)
    parts = parts_of(below)
    with_what = circumstances(f"linking --only {name}", "DuckDB", "Splink") + "."
    parts[name] = f"## {title}\n\n{part.in_markdown()}\n\n{with_what}\n"
    written = "".join(f"\n<!-- {key} -->\n{parts[key]}" for key in PARTS if key in parts)
    page.write_text(by_hand.rstrip() + "\n\n" + HEADING + written, encoding="utf-8")
    for file, (_, picture) in part.drawings.items():
        (page.parent / file).write_text(picture, encoding="utf-8")
