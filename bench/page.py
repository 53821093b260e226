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
    parts = parts_of(PAGE.read_text(encoding="utf-8") if PAGE.exists() else "")
    with_what = circumstances(name, "Django", "lxml") + ", the PostgreSQL that comes with Onroll."
    parts[name] = f"## {title}\n\n{about}\n\n{_table(figures)}\n\n{with_what}\n"
    text = INTRODUCTION.format(seed=SEED) + "".join(
        f"\n<!-- {key} -->\n{part}" for key, part in parts.items()
    )
    PAGE.write_text(text, encoding="utf-8")


def parts_of(text: str) -> dict[str, str]:
    """Return the parts of a page by the name that stands above each in a comment."""
    pieces = re.split(r"\n<!-- (\w+) -->\n", text)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def _table(figures: Sequence[Figure]) -> str:
    lines = [HEADS, ("---",) * len(HEADS), *(figure.cells() for figure in figures)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def circumstances(command: str, *packages: str) -> str:
    """Return when, by which command, on what machine and with which packages was measured."""
    today = datetime.now(UTC)  # noqa: TID251  # nothing above reads the clock for a bench
    versions = ", ".join(f"{package} {version(package.lower())}" for package in packages)
    return (
        f"Measured {today:%-d %B %Y} by `python -m bench {command}` on "
        f"{os.cpu_count()} processors ({platform.system()}, {platform.machine()}), "
        f"Python {platform.python_version()}, {versions}"
    )
