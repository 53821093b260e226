"""Writes the figures into docs/matching.md, below what people wrote, one part at a time."""

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.linking.part import PARTS, Part

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
    parts = _parts(below)
    parts[name] = f"## {title}\n\n{part.in_markdown()}\n\n{_circumstances(name)}\n"
    written = "".join(f"\n<!-- {key} -->\n{parts[key]}" for key in PARTS if key in parts)
    page.write_text(by_hand.rstrip() + "\n\n" + HEADING + written, encoding="utf-8")
    for file, (_, picture) in part.drawings.items():
        (page.parent / file).write_text(picture, encoding="utf-8")


def _parts(below: str) -> dict[str, str]:
    found = re.split(r"\n<!-- (\w+) -->\n", below)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def _circumstances(name: str) -> str:
    today = datetime.now(UTC)  # noqa: TID251  # nothing above reads the clock for a bench
    return (
        f"Measured {today:%-d %B %Y} by `python -m bench linking --only {name}` on "
        f"{os.cpu_count()} processors ({platform.system()}, {platform.machine()}), "
        f"Python {platform.python_version()}, DuckDB {version('duckdb')}, "
        f"Splink {version('splink')}."
    )
