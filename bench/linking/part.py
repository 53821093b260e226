"""One part of the published figures: what is said, aimed at, tabled and drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.figures import HEADS, Figure

PARTS = ("public", "historical", "absent", "times", "vast", "child_now", "child_vast")
"""The parts by name of their module, in the order of the page."""
VAST = ("vast", "child_vast")
"""Those that take long, and are run when asked for."""


@dataclass(frozen=True)
class Tabled:
    """A table under a line of its own."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    def in_markdown(self) -> str:
        """Return the table as Markdown."""
        lines = [self.heads, ["---"] * len(self.heads), *self.rows]
        return f"{self.title}\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


@dataclass(frozen=True)
class Part:
    """What one part measured."""

    about: str
    data: str
    """What it was measured on: sets and seeds."""
    figures: Sequence[Figure]
    """Those with an aim."""
    tables: Sequence[Tabled] = ()
    drawings: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By name of the file in docs: its words for who cannot see it, and the SVG."""

    def in_markdown(self) -> str:
        """Return the part as Markdown."""
        aims = Tabled("", HEADS, [figure.cells() for figure in self.figures]).in_markdown()
        pictures = [f"![{words}]({name})" for name, (words, _) in self.drawings.items()]
        tables = [table.in_markdown() for table in self.tables]
        return "\n\n".join([self.about, aims.strip(), *pictures, *tables, self.data])


PAIR_HEADS = ("Best F1", "its precision", "its recall", "R@P.999", "R@P.99", "Compared")
"""What stands over the shares of pairs."""


def percent(share: float, places: int = 1) -> str:
    """Return a share as per cent."""
    return f"{100 * share:.{places}f} %"


def share(value: float) -> str:
    """Return a share with four places: 0.9926."""
    return f"{value:.4f}"
