"""How long `onroll link` takes, and what memory it holds, beside an exact join by pupil number."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.figures import Figure
from bench.linking import drawing, many
from bench.linking.child import JOIN
from bench.linking.database import connect
from bench.linking.part import Part, Tabled, percent
from bench.most_memory import most_held

TITLE = "Times and memory"
ABOUT = """\
`onroll link` in a process of its own, from Parquet files to its answers in a file: start, reading,
linking with the shipped model, writing. Memory is the most that process ever held, Python and all
libraries included. The baseline, run in turn with it in a process of its own, is DuckDB joining the
same files by equal pupil numbers and writing the pairs: it finds nobody whose number is missing or
mistyped, and nothing can be faster. *Rightly linked* is of the children who are on the right-hand
list. *And old roll* names the whole old roll with `--household`; m is a million."""
HEADS = ("Job", "Time", "of the processors", "Memory", "Rightly linked", "Wrongly",
         "Join: time", "memory", "rightly linked", "wrongly")  # fmt: skip
SEED = 1
TOO_LONG = 10
"""A job that takes so many times what is aimed at, and a minute, is stopped."""


@dataclass(frozen=True)
class Job:
    """Two lists to link, and what is aimed at."""

    name: str
    left: int
    right: int
    is_household_known: bool
    seconds: float
    megabytes: float
    rounds: int = 3


@dataclass(frozen=True)
class Ran:
    """What one run took and found."""

    seconds: float
    processor: float
    megabytes: float
    right: float = 0.0
    wrong: int = 0
    is_finished: bool = True
    fastest: float | None = None
    """Of several runs the one least disturbed by what else the machine did."""

    def __str__(self) -> str:
        """Return the seconds as they are published."""
        if not self.is_finished:
            return f"stopped after {self.seconds:g} s"
        fastest = f" (fastest {_in_seconds(self.fastest)})" if self.fastest else ""
        return _in_seconds(self.seconds) + fastest


JOBS = (
    Job("Borough: 500 against 40,000 and old roll", 500, 40_000, True, 2, 300, 5),
    Job("London: 5,000 against 1.3 m", 5_000, 1_300_000, False, 5, 1_200),
)


def run(*, quick: bool) -> Part:
    """Run the jobs; in short, the smallest one once."""
    return measured(JOBS[:1] if quick else JOBS, ABOUT, "matching_times.svg", is_once=quick)


def measured(jobs: Sequence[Job], about: str, drawing_name: str, *, is_once: bool = False) -> Part:
    """Run jobs and return what is published of them."""
    before = os.getloadavg()[0]
    ran = {job: _run(job, 1 if is_once else job.rounds) for job in jobs}
    return Part(
        about=about,
        data=f"Data: `bench/linking/many.py`, seed {SEED}; medians of"
        f" {', '.join(str(job.rounds) for job in jobs)} runs. The machine had other work: on"
        f" average {before:.1f} processes wanted a processor before and {os.getloadavg()[0]:.1f}"
        " at the end, this one counted.",
        figures=[figure for job, two in ran.items() for figure in _aims(job, *two)],
        tables=[Tabled("Each job:", HEADS, [_row(job, *two) for job, two in ran.items()])],
        drawings={drawing_name: _drawn(ran)},
    )


def _run(job: Job, rounds: int) -> tuple[Ran, Ran]:
    """Return the medians of our runs and of the join's, in turn."""
    with TemporaryDirectory(prefix="onroll-bench-") as name:
        folder = Path(name)
        size = round(job.right / many.STAY)
        old, new, left = many.write(folder, size, job.left, SEED)
        out = folder / "links.csv"
        command = ["link", str(left), str(new), "--out", str(out)]
        if job.is_household_known:
            command += ["--household", str(old)]
        join = [JOIN, str(left), str(new), str(out)]
        both: list[tuple[Ran, Ran]] = []
        while len(both) < rounds and all(a.is_finished for a, _ in both):
            limit = max(60.0, TOO_LONG * job.seconds)
            both.append(
                (run_once(command, left, new, out, limit), run_once(join, left, new, out, limit))
            )
    return _median([a for a, _ in both]), _median([join_ for _, join_ in both])


def run_once(command: list[str], left: Path, new: Path, out: Path, limit: float) -> Ran:
    """Run a command in a process of its own; return what it took and whom it linked.

    One that is not done after `limit` seconds is stopped.
    """
    note = out.with_name("note.json")
    arguments = [sys.executable, "-m", "bench.linking.child", str(note), *command]
    begun = perf_counter()
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL) as child:
        try:
            code = child.wait(limit)
        except subprocess.TimeoutExpired:
            memory = most_held(child.pid)
            child.kill()
            return Ran(limit, limit, memory / 1e6, is_finished=False)
    seconds = perf_counter() - begun
    if code:
        raise subprocess.CalledProcessError(code, arguments)
    note_ = json.loads(note.read_text("utf-8"))
    return Ran(seconds, note_["processor"], note_["held"] / 1e6, *_judged(left, new, out))


def _judged(left: Path, new: Path, out: Path) -> tuple[float, int]:
    """Return the share of present children linked to their record, and how many links are wrong."""
    result = connect().execute(
        "with said as (select substr(left_id, 2) as l, substr(right_id, 2) as r"
        f" from read_csv('{out}', all_varchar = true) where answer = 'same')"
        " select (select count(*) from said where l = r) / (select count(*)"
        f" from '{left}' l semi join '{new}' r on substr(l.id, 2) = substr(r.id, 2)),"
        " (select count(*) from said where l <> r)"
    )
    right, wrong = result.fetchone() or (0.0, 0)
    return right, wrong


def _median(runs: list[Ran]) -> Ran:
    return Ran(
        median(run_.seconds for run_ in runs),
        median(run_.processor for run_ in runs),
        median(run_.megabytes for run_ in runs),
        runs[0].right,
        runs[0].wrong,
        runs[-1].is_finished,
        min(run_.seconds for run_ in runs),
    )


def _aims(job: Job, onroll: Ran, join: Ran) -> list[Figure]:
    return [
        Figure(
            job.name,
            str(onroll),
            f"join by UPN: {join}",
            onroll.seconds / join.seconds,
            f"≤ {job.seconds:g} s",
            onroll.is_finished and onroll.seconds <= job.seconds,
        ),
        Figure(
            f"{job.name}: memory",
            f"{onroll.megabytes:,.0f} MB",
            f"join by UPN: {join.megabytes:,.0f} MB",
            onroll.megabytes / join.megabytes,
            f"≤ {job.megabytes:,.0f} MB",
            onroll.is_finished and onroll.megabytes <= job.megabytes,
        ),
    ]


def _row(job: Job, own: Ran, join: Ran) -> tuple[str, ...]:
    def cells(ran: Ran) -> tuple[str, ...]:
        counts = (percent(ran.right, 2), f"{ran.wrong:,}") if ran.is_finished else ("", "")
        return f"{ran.megabytes:,.0f} MB", *counts

    return (
        job.name,
        str(own),
        _in_seconds(own.processor),
        *cells(own),
        str(join),
        *cells(join),
    )


def _in_seconds(value: float) -> str:
    return f"{value:.1f} s" if value >= 1 else f"{value:.2f} s"


def _drawn(ran: dict[Job, tuple[Ran, Ran]]) -> tuple[str, str]:
    title = "Seconds, from files to answers"
    rows = [
        (job.name, (own.seconds, join.seconds, job.seconds)) for job, (own, join) in ran.items()
    ]
    ticks = {f"{10.0**n:g}": 10.0**n for n in range(-1, 4)}
    scale = drawing.Scale(ticks, is_logarithmic=True)
    return title, drawing.drawn(title, ("Onroll", "Join by UPN", "aim"), rows, scale)
