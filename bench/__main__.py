"""`python -m bench [NAME...] [--quick]`: run the benchmarks, print them, write their pages in docs.

`linking` writes docs/matching.md, the others docs/performance.md.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from rich.console import Console

from bench.alone import alone, run_bench
from bench.figures import drawn
from bench.linking import report
from bench.linking.part import PARTS
from bench.page import write

TITLES = {
    "reading": "Reading files",
    "memory": "Memory",
    "week": "A week of the whole borough",
    "lists": "Whole lists",
    "pages": "Pages",
    "enquiries": "Pages of enquiries",
    "day": "Pages of an officer’s day",
    "load": "Pages, to the machine",
    "form": "The public form",
}


LINKING = "linking"


def main() -> int:
    """Run the named benchmarks, or all, each in a process of its own."""
    parser = argparse.ArgumentParser("bench", description=__doc__)
    names = (*TITLES, LINKING)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument("--quick", action="store_true", help="smaller, and nothing is written")
    _add_linking(parser)
    args = parser.parse_args()
    if unknown := set(args.names) - set(names):
        parser.error(f"there is no bench {', '.join(sorted(unknown))}")
    say = Console(highlight=False)
    for name in args.names or names:
        if name == LINKING:
            report.run(args, say)
            continue
        figures = alone(run_bench, name, quick=args.quick)
        say.print(drawn(TITLES[name], figures))
        if not args.quick:
            write(name, TITLES[name], import_module(f"bench.{name}").ABOUT, figures)
    return 0


def _add_linking(parser: argparse.ArgumentParser) -> None:
    of_linking = parser.add_argument_group("linking")
    of_linking.add_argument("--only", choices=PARTS, help="one part of it")
    of_linking.add_argument("--historical", type=Path, metavar="PATH", help="where that set lies")
    of_linking.add_argument("--vast", action="store_true", help="millions too")


if __name__ == "__main__":
    sys.exit(main())
