"""Whole lists of a borough's children, from the drop box to the findings."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench import server
from bench.alone import alone
from bench.figures import Figure

ABOUT = f"""\
The roll of every school of a made-up borough in one file, declared to be the whole roll of that
day; four weeks later the next one, with who came and who left meanwhile. Each is taken in and one
worker of the job queue works until the queue is empty: every record is matched against all
children, applied, and the list then held against what is known. The first finds nobody on record
and adds everyone; the second knows nearly all. *CPU* is what the worker and the database spent
together, which tells more than the clock where the machine has other work. The baseline is a tenth
as many children; the ratio is of CPU seconds a record, so that 1 is linear.

{server.ABOUT}"""
AIMS = (120, 180)
LINEAR = 1.25


@dataclass(frozen=True, slots=True)
class Taken:
    """A list that was read: its records, its findings, and the resources it took."""

    records: int
    findings: int
    unsure: int
    seconds: float
    cpu: float
    memory: int
    """The most bytes the worker ever held."""


def run(*, quick: bool) -> list[Figure]:
    """Read two whole rolls, of a tenth of the children and of all of them."""
    children = 4_000 if quick else 40_000
    few, many = alone(take_two, children // 10), alone(take_two, children)
    return [*_figures(few, many), _memory_figure(few[-1], many[-1])]


def take_two(children: int) -> list[Taken]:
    """Build a borough of so many children and read its two rolls."""
    with server.running() as running:
        from bench.listing import measure  # needs Django set up

        return measure(running, children=children)


def _figures(few: list[Taken], many: list[Taken]) -> Iterator[Figure]:
    for title, aim, small, large in zip(("first", "next"), AIMS, few, many, strict=True):
        yield Figure(
            title=f"The {title} roll, {large.records:,} records: {large.findings} findings, "
            f"{large.unsure} to settle",
            figure=f"{large.seconds:.0f} s; CPU {large.cpu:.0f} s "
            f"({large.records / large.cpu:,.0f} records/s)",
            baseline=f"{small.records:,} records: CPU {small.cpu:.1f} s",
            ratio=large.cpu / large.records / (small.cpu / small.records),
            aim=f"≤ {aim} s; linear (≤ {LINEAR})",
            is_reached=large.seconds <= aim
            and large.cpu / large.records <= LINEAR * small.cpu / small.records,
        )


def _memory_figure(few: Taken, many: Taken) -> Figure:
    return Figure(
        title="The most memory the worker held",
        figure=f"{many.memory / 1e6:.0f} MB",
        baseline=f"{few.records:,} records: {few.memory / 1e6:.0f} MB",
        ratio=many.memory / few.memory,
    )
