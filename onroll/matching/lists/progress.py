"""A progress bar on a terminal, and nothing where nobody watches."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from onroll.matching.lists.linking import Step

STEPS = 5
"""Reading the lists, three steps of linking, and writing."""


@contextmanager
def progress_bar(console: Console) -> Iterator[Step]:
    """Give a function that is told what is done next."""
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("Starting", total=STEPS)
        begun = False

        def step(words: str) -> None:
            nonlocal begun
            bar.update(task, description=words, advance=1 if begun else 0)
            begun = True

        yield step
