"""Writes docs/performance.md: what was measured, when, with what, one part for each bench."""

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.figures import HEADS, Figure
from bench.made_up import SEED

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
INTRODUCTION = """\
# How fast it is

Written by `make bench` (`python -m bench NAME` for one part); nobody edits the figures. Every ratio
is against a baseline measured in the same run, in turn with what it is compared to, so it means
the same on another machine; medians of several runs. An aim that is missed says *no*.
All children and files are made up (seed {seed}).
"""


def write(name: str, title: str, about: str, figures: Sequence[Figure]) -> None:
    """Put the result of one bench into the page, in place of its last one."""
    parts = _parts()
    parts[name] = f"## {title}\n\n{about}\n\n{_table(figures)}\n\n{_circumstances(name)}\n"
    text = INTRODUCTION.format(seed=SEED) + "".join(
        f"\n<!-- {key} -->\n{part}" for key, part in parts.items()
    )
    PAGE.write_text(text, encoding="utf-8")


def _parts() -> dict[str, str]:
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    found = re.split(r"\n<!-- (\w+) -->\n", text)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def _table(figures: Sequence[Figure]) -> str:
    lines = [HEADS, ("---",) * len(HEADS), *(figure.cells() for figure in figures)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _circumstances(name: str) -> str:
    today = datetime.now(UTC)  # noqa: TID251  # nothing above reads the clock for a bench
    return (
        f"Measured {today:%-d %B %Y} by `python -m bench {name}` on "
        f"{os.cpu_count()} processors ({platform.system()}, {platform.machine()}), "
        f"Python {platform.python_version()}, Django {version('django')}, "
        f"lxml {version('lxml')}, the PostgreSQL that comes with Onroll."
    )
