"""`python -m bench.kill [--kills 100]` (`make kill N=100`): kill, count, and say what was lost."""

import argparse
import signal
import sys
from random import Random

from rich.console import Console
from rich.table import Table

from bench.kill.run import Result, run

say = Console(highlight=False)


def main() -> int:
    """Kill and count; return 1 when anything was lost, doubled or left half done."""
    parser = argparse.ArgumentParser("bench.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how many kills (100)")
    parser.add_argument("--seed", type=int, default=1, help="another number, another order (1)")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # and take everything away first
    result = run(kills=args.kills, chance=Random(args.seed), say=say.print)
    _show(result)
    return 1 if result.wrong else 0


def _show(result: Result) -> None:
    killed = Table("Killed", "Times", "Longest without a write, s")
    for kind, seconds in result.killed.items():
        killed.add_row(kind, str(len(seconds)), f"{max(seconds, default=0):.1f}")
    say.print(killed)
    counted = Table("Counted", "Number", "Wrong")
    for line in result.counts:
        counted.add_row(line.title, str(line.number), str(len(line.wrong)))
    say.print(counted)
    for line in result.counts:
        for words in line.wrong[:20]:
            say.print(f"{line.title}: {words}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
