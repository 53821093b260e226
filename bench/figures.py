"""Figures: one line of a result, how it is printed, and how two things are timed in turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from rich.table import Table

HEADS = ("What", "Figure", "Baseline", "Ratio", "Aim", "Reached")


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, its baseline, and whether the aim, if any, is reached."""

    title: str
    figure: str
    baseline: str = ""
    ratio: float | None = None
    aim: str = ""
    is_reached: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """Return the line as text, in the order of `HEADS`."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        reached = {True: "yes", False: "no", None: ""}[self.is_reached]
        return self.title, self.figure, self.baseline, ratio, self.aim, reached


def drawn(title: str, figures: Sequence[Figure]) -> Table:
    """Return the figures as a table for the terminal."""
    table = Table(*HEADS, title=title, title_justify="left")
    for figure in figures:
        style = "red" if figure.is_reached is False else ""
        table.add_row(*figure.cells(), style=style)
    return table


def in_turn(
    subject: Callable[[], float], baseline: Callable[[], float], *, rounds: int
) -> tuple[float, float, float]:
    """Measure two things in turn, so that a busy moment of the machine affects both.

    Returns the median of each and the median of their ratios round by round.
    """
    pairs = [(subject(), baseline()) for _ in range(rounds)]
    return (
        median(a for a, _ in pairs),
        median(b for _, b in pairs),
        median(a / b for a, b in pairs),
    )
