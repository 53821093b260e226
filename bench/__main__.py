"""`python -m bench [NAME...] [--quick]`: run the benches, print them, write docs/performance.md."""

import argparse
import sys
from importlib import import_module

from rich.console import Console

from bench.alone import alone, run_bench
from bench.figures import drawn
from bench.page import write

TITLES = {
    "reading": "Reading files",
    "memory": "Memory",
    "week": "A week of the whole borough",
    "pages": "Pages",
}


def main() -> int:
    """Run what was asked for, one bench after another, each in a process of its own."""
    parser = argparse.ArgumentParser("bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TITLES))
    parser.add_argument("--quick", action="store_true", help="smaller, and nothing is written")
    asked = parser.parse_args()
    if unknown := set(asked.names) - TITLES.keys():
        parser.error(f"there is no bench {', '.join(sorted(unknown))}")
    say = Console(highlight=False)
    for name in asked.names or TITLES:
        figures = alone(run_bench, name, quick=asked.quick)
        say.print(drawn(TITLES[name], figures))
        if not asked.quick:
            write(name, TITLES[name], import_module(f"bench.{name}").ABOUT, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
