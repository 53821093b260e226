"""The same as `times` for lists of millions against millions."""

from bench.linking.part import Part
from bench.linking.times import Job, measured

TITLE = "Times and memory, millions against millions"
ABOUT = """\
As above, run with `--vast`: the whole roll of London against another, where all children compete,
England's leavers against everyone, alone and with the whole old roll shown, which has 11 m; and the
whole roll of England against another, on one machine."""
JOBS = (
    Job("London: 1.3 m against 1.3 m", 1_300_000, 1_300_000, False, 40, 4_500, 1),
    Job("England: 50,000 against 9 m", 50_000, 9_000_000, False, 60, 6_000, 1),
    Job("England: 50,000 against 9 m and old roll", 50_000, 9_000_000, True, 60, 6_000, 1),
    Job("England: 9 m against 9 m", 9_000_000, 9_000_000, False, 600, 12_000, 1),
)


def run(*, quick: bool) -> Part:
    """Run the jobs, whichever length is asked for."""
    return measured(JOBS[:1] if quick else JOBS, ABOUT, "matching_vast.svg")
