"""Where the time of one long search goes: by either engine, for lists of any length.

    python -m bench.linking.slopes 40000 40000 --engine spark

Prints one line of JSON: seconds by step, pairs tried and kept, bytes that Spark shuffled; and of
this process, Java and Python's workers together the seconds of the processors and the most memory,
where shared pages count once. What docs/matching.md plans a whole country from.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter

import psutil

from bench.linking import many
from onroll.matching.blocking.search import Search
from onroll.matching.command import engine_named
from onroll.matching.files.reading import connect, read_list
from onroll.matching.files.writing import write
from onroll.matching.frequencies.of_list import Frequencies
from onroll.matching.lists.linking import link_lists
from onroll.matching.model import Model, shipped
from onroll.matching.records.names import Names
from onroll.matching.scoring import candidates
from onroll.matching.scoring.candidates import Engine, ScoredPairs

Figures = dict[str, float]


class Timed:
    """An engine, and what it took and found."""

    def __init__(self, engine: Engine, figures: Figures) -> None:
        self._engine = engine
        self.figures = figures

    def score(self, search: Search, counts: Frequencies, model: Model) -> ScoredPairs:
        """Return what the engine returns."""
        name, begun = "sure" if not len(search.weighed) else "other", perf_counter()
        if self._engine is candidates.THREADS:
            pairs = search.pairs()
            self.figures[f"{name}_keys_s"] = perf_counter() - begun
            self.figures[f"{name}_tried"] = len(pairs)
            scored = candidates.score_in_threads(pairs, search.left, search.right, counts, model)
        else:
            scored = self._engine.score(search, counts, model)
        self.figures[f"{name}_s"] = perf_counter() - begun
        self.figures[f"{name}_kept"] = len(scored.pairs)
        self.figures[f"{name}_left"], self.figures[f"{name}_right"] = search.sizes
        return scored


def measured(left: int, right: int, name: str) -> Figures:
    """Return what it takes to link so many against so many."""
    figures: Figures = {"left": left, "right": right}
    with TemporaryDirectory(prefix="onroll-bench-") as folder:
        _, new, leavers = many.write(Path(folder), round(right / many.STAY), left)
        begun = perf_counter()
        with watched(figures), engine_named(name) as chosen:
            figures["start_s"] = perf_counter() - begun
            _link(leavers, new, Timed(chosen, figures), figures)
            if name == "spark":
                figures["shuffled"] = _shuffled(chosen)
        figures["all_s"] = perf_counter() - begun
    return figures


def _link(left: Path, right: Path, engine: Timed, figures: Figures) -> None:
    names, connection, begun = Names(), connect(), perf_counter()
    steps = [("read", begun)]
    left_list, right_list = (read_list(p, f"{p.stem}s", names, connection) for p in (left, right))
    linked = link_lists(
        left_list.columns, right_list.columns, names, shipped(), None,
        lambda words: steps.append((words.split()[0].lower(), perf_counter())), engine,
    )  # fmt: skip
    steps.append(("write", perf_counter()))
    write(left.with_suffix(".csv"), left_list, right_list, linked)
    steps.append(("", perf_counter()))
    for (step, start), (_, end) in pairwise(steps):
        figures[f"{step}_s"] = end - start
    figures["names"], figures["pairs"] = len(names), len(linked.weighed.pairs)


def _shuffled(chosen: Engine) -> int:
    context = chosen._spark.sparkContext._jsc.sc()  # type: ignore[attr-defined] # of OnSpark alone
    listed = context.statusStore().executorList(False)
    return sum(int(listed.apply(n).totalShuffleWrite()) for n in range(listed.size()))


@contextmanager
def watched(figures: Figures) -> Iterator[None]:
    """Note the most memory, and all processor time, of this process and those it started."""
    done, me, spent = Event(), psutil.Process(), dict[int, float]()

    def look() -> None:
        while not done.wait(1):
            with suppress(psutil.NoSuchProcess):
                every = (me, *me.children(recursive=True))
                spent.update({p.pid: p.cpu_times().user + p.cpu_times().system for p in every})
                memory = sum(p.memory_full_info().pss for p in every)
                figures["held"] = max(figures.get("held", 0), memory)

    thread = Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        figures["processors_s"] = sum(spent.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("left", type=int)
    parser.add_argument("right", type=int)
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    args = parser.parse_args()
    measured_ = measured(args.left, args.right, args.engine)
    rounded = {name: round(value, 2) for name, value in measured_.items()}
    sys.stdout.write(json.dumps(rounded) + "\n")
