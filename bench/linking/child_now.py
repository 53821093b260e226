"""`bench.linking.one` as a part of the page: one child in a register of London's size."""

from bench.linking.one import LONDON, fill, measure
from bench.linking.part import Part
from bench.made_up import SEED
from bench.server import running

TITLE = "One child, now"
ABOUT = """\
Who is the child in a record, or whom does somebody mean who types? In a register of the size of
London in the database Onroll brings, in its own tables: the candidates and all that is known of
them are fetched, weighed with the same model and answered with reasons, as intake and the pages do.
What counts is the clock. The baseline is a look-up by pupil number alone. By name alone the child
meant is often not the first of a million's namesakes."""


def run(*, quick: bool) -> Part:
    """Fill a register of London's size and ask it; in short, a borough's."""
    return measured(30_000 if quick else LONDON, ABOUT)


def measured(children: int, about: str) -> Part:
    """Fill a register of so many children, ask it, and return what is published."""
    with running() as server:
        fill(server, children)
        figures = measure(children)
    data = f"Data: {children:,} made-up children (`bench/linking/one.py`, seed {SEED})."
    return Part(about=about, data=data, figures=figures)
