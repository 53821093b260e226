"""`python -m bench.kill [--kills 100]` (`make kill N=100`): kill, count, and say what was lost."""

import argparse
import signal
import sys
from random import Random

from rich.console import Console
from rich.table import Table

from bench.kill.ledger import Answer
from bench.kill.run import NOTES, WALKS, Result, run

say = Console(highlight=False)


def main() -> int:
    """Kill and count; return 1 when anything was lost, doubled or left half done."""
    parser = argparse.ArgumentParser("bench.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how many kills (100)")
    parser.add_argument("--seed", type=int, default=1, help="another number, another order (1)")
    parser.add_argument(
        "--walk", choices=WALKS, default=NOTES, help="what is done meanwhile (notes)"
    )
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # and take everything away first
    result = run(kills=args.kills, walk=args.walk, chance=Random(args.seed), say=say.print)
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
    kills = sum(len(seconds) for seconds in result.killed.values())
    answers = [deed.answer for deed in result.ledger.deeds]
    lost = sum(line.lost for line in result.counts)
    doubled = sum(line.doubled for line in result.counts)
    done = answers.count(Answer.DONE)
    say.print(f"kills {kills}, acknowledged {done}, lost {lost}, doubled {doubled}")
    for line in result.counts:
        for words in line.wrong[:20]:
            say.print(f"{line.title}: {words}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
