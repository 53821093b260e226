"""Reading a CTF: pupils a second, against lxml doing nothing with the same bytes."""

from io import BytesIO
from time import process_time

from lxml import etree

from bench.figures import Figure, in_turn
from bench.made_up import full_transfer_file, transfer_file
from onroll import formats

ABOUT = """\
A common transfer file of made-up pupils, in memory. *Read* is `onroll.formats.stream`: every
element taken into a record, checked against the rules, everything without a place kept. The
baseline is `lxml.etree.iterparse` over the same bytes, clearing each pupil and looking at nothing.
Once as Onroll writes such a file, with nothing in it but what Onroll uses, and once with three
years of attendance and nine results for each pupil, as other systems add them. Both ways are
counted in seconds of one processor."""
AIM = 2.0


def run(*, quick: bool) -> list[Figure]:
    """Read the same files both ways in turn."""
    count, rounds = (1_000, 3) if quick else (5_000, 9)
    return [
        _compared("only what Onroll uses", transfer_file(count), count, rounds),
        _compared("with attendance and results", full_transfer_file(count), count, rounds),
    ]


def _compared(title: str, data: bytes, count: int, rounds: int) -> Figure:
    onroll, base, ratio = in_turn(
        lambda: _read(data, count), lambda: _parse(data, count), rounds=rounds
    )
    return Figure(
        title=f"A CTF of {count:,} pupils, {len(data) / 1e6:.0f} MB, {title}",
        figure=f"{count / onroll:,.0f} pupils/s",
        baseline=f"bare iterparse: {count / base:,.0f} pupils/s",
        ratio=ratio,
        aim=f"≤ {AIM:g}",
        is_reached=ratio <= AIM,
    )


def _read(data: bytes, count: int) -> float:
    begun = process_time()
    records = sum(1 for _ in formats.stream(data, name="bench.xml"))
    seconds = process_time() - begun
    assert records == count
    return seconds


def _parse(data: bytes, count: int) -> float:
    begun = process_time()
    pupils = 0
    for _, pupil in etree.iterparse(BytesIO(data), events=("end",), tag="Pupil"):
        pupils += 1
        pupil.clear()
    seconds = process_time() - begun
    assert pupils == count
    return seconds
