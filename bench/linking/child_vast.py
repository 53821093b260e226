"""The same as `child_now` for a register of the size of England."""

from bench.linking.child_now import measured
from bench.linking.one import ENGLAND
from bench.linking.part import Part

TITLE = "One child, now, among nine million"
ABOUT = """\
As above, run with `--vast`, in a register of the size of England."""


def run(*, quick: bool) -> Part:
    """Fill the register and ask it, in short, of a borough."""
    return measured(30_000 if quick else ENGLAND, ABOUT)
