"""`python -m bench.flood` (`make flood`): flood the public form, and say where each form went."""

import argparse
import signal
import sys
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.flood.run import Result, run

say = Console(highlight=False)


def main() -> int:
    """Flood and count; return 1 when anything is lost, or is where it should not be."""
    parser = argparse.ArgumentParser("bench.flood", description=__doc__)
    parser.add_argument("--flood", type=int, default=1_000, help="forms from one address (1,000)")
    parser.add_argument("--genuine", type=int, default=20, help="forms from others (20)")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # and take everything away first
    result = run(flood=args.flood, genuine=args.genuine, say=say.print)
    _show(result)
    return 1 if result.wrong else 0


def _show(result: Result) -> None:
    seconds = result.genuine_seconds or [0.0]
    table = Table("Forms", "Sent", "Acknowledged", "In the queue", "In quarantine", "Lost")
    table.add_row(
        f"One address, within {result.seconds:.0f} s",
        *_row(result.flood, result.flood_acknowledged, result.flood_stages),
    )
    table.add_row(
        f"Others, each in {median(seconds):.1f} s, at most {max(seconds):.1f} s",
        *_row(result.genuine, len(result.genuine_seconds), result.genuine_stages),
    )
    say.print(table)
    for words in result.wrong:
        say.print(words, markup=False)


def _row(sent: int, acknowledged: int, stages: dict[str, int]) -> list[str]:
    queued, apart = stages.get("contact", 0), stages.get("quarantine", 0)
    numbers = (sent, acknowledged, queued, apart, sent - sum(stages.values()))
    return [f"{number:,}" for number in numbers]


if __name__ == "__main__":
    sys.exit(main())
