"""The `onroll link` command: two lists of children, an answer with reasons for each of the first.

Exit codes: 0 done, 1 a file cannot be read, 2 wrongly asked. Needs no database and knows no Django.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console

from onroll import arguments
from onroll.arguments import Parser
from onroll.matching.answers import Kind
from onroll.matching.assignment.decisions import ANSWER_KINDS
from onroll.matching.files.from_postgres import as_file
from onroll.matching.files.problems import (
    SHOWN_PROBLEMS,
    BadValue,
    refusal_to_write,
    unwritten,
    write_problems,
)
from onroll.matching.files.reading import ReadList, connect, read_list
from onroll.matching.files.same_rows import others_of
from onroll.matching.files.sources import CannotRead
from onroll.matching.files.writing import write
from onroll.matching.lists.linking import link_lists
from onroll.matching.lists.progress import progress_bar
from onroll.matching.model import shipped
from onroll.matching.records.columns import FIELDS
from onroll.matching.records.names import Names
from onroll.matching.scoring.candidates import THREADS, Engine
from onroll.matching.spark import session

_LIST_KINDS = "CSV, Excel, Parquet, or postgresql://host/database#table"


def add_arguments(parser: Parser) -> None:
    """Take two lists, where to write the answers and how to work them out."""
    parser.description = "Are the children of one list on another? Needs no database."
    parser.epilog = f"Columns of a list, all but the id optional: {', '.join(FIELDS)}."
    parser.add_argument("left", metavar="LEFT", help=f"children to look for: {_LIST_KINDS}")
    parser.add_argument("right", metavar="RIGHT", help="where to look for them")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="LINKS.csv",
        help="write the answers here: same, new or unsure, with reasons",
    )
    parser.add_argument(
        "--household",
        metavar="LIST",
        help="the whole old roll, or any list that shows who else could explain a record",
    )
    parser.add_argument(
        "--engine",
        choices=("duckdb", "spark"),
        default="duckdb",
        help="spark is for lists of many millions (duckdb)",
    )
    arguments.add_json(parser, "the totals for machines")
    arguments.add_problems(parser)


def run(args: argparse.Namespace) -> int:
    """Run the command; return its exit code."""
    complain = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    if args.engine == "spark" and not session.is_installed():
        complain.print("onroll link: --engine spark needs the extra: pip install onroll[spark]")
        return 2
    refusal = refusal_to_write(args.out, args.problems, (args.left, args.right, args.household))
    if refusal:
        complain.print(f"onroll link: {refusal}")
        return 2
    try:
        totals = _link(args, complain)
    except (CannotRead, OSError) as error:
        complain.print(f"onroll link: {unwritten(error)}")
        return 1
    if args.json:
        sys.stdout.write(json.dumps(totals) + "\n")
    else:
        Console(highlight=False, soft_wrap=True).print(_sentence(totals, args.out), markup=False)
    return 0


def _link(args: argparse.Namespace, complain: Console) -> dict[str, int]:
    names, connection = Names(), connect()
    with ExitStack() as files, progress_bar(complain) as step:

        def read(source: str, table: str) -> ReadList:
            return read_list(files.enter_context(as_file(source)), table, names, connection)

        step("Reading")
        left, right = read(args.left, "lefts"), read(args.right, "rights")
        household = None if args.household is None else read(args.household, "households")
        household_list = others_of(left, right, household, names)
        with engine_named(args.engine) as engine:
            linked = link_lists(
                left.columns, right.columns, names, shipped(), household_list, step, engine
            )
        step("Writing")
        write(args.out, left, right, linked)
    problems = [p for listed in (left, right, household) if listed for p in listed.problems]
    _report(problems, args.problems, complain)
    counts = Counter(ANSWER_KINDS[kind] for kind in linked.answered.kinds.tolist())
    return {
        "left": len(left),
        "right": len(right),
        **{kind.value: counts[kind] for kind in Kind},
        "problems": len(problems),
    }


@contextmanager
def engine_named(name: str) -> Iterator[Engine]:
    """Give what finds and weighs the pairs: `duckdb`, or `spark`, which is stopped afterwards."""
    if name == "duckdb":
        yield THREADS
        return
    from onroll.matching.spark.engine import on_spark

    with on_spark() as engine:
        yield engine


def _sentence(totals: dict[str, int], out: Path) -> str:
    children = "child" if totals["left"] == 1 else "children"
    same, new = ("is" if totals[kind] == 1 else "are" for kind in ("same", "new"))
    return (
        f"{totals['left']} {children} looked for among {totals['right']}: {totals['same']} {same}"
        f" the same child, {totals['unsure']} a person must settle, {totals['new']} {new} not"
        f" there. Written to {out}."
    )


def _report(problems: Sequence[BadValue], path: Path | None, complain: Console) -> None:
    if path is not None:
        write_problems(path, problems)
        values = "value was" if len(problems) == 1 else "values were"
        complain.print(f"{len(problems)} {values} wrong or left out: {path} says which.")
    elif problems:
        for p in problems[:SHOWN_PROBLEMS]:
            complain.print(p.in_words())
        if len(problems) > SHOWN_PROBLEMS:
            unlisted = len(problems) - SHOWN_PROBLEMS
            complain.print(f"... and {unlisted} more; --problems FILE writes them all.")
