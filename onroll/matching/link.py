"""The `onroll link` command: two lists of children, an answer with reasons for each of the first.

Exit codes: 0 done, 1 a file cannot be read, 2 wrongly asked. Needs no database and knows no Django.
"""

import argparse
import csv
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
from onroll.matching.deciding import KINDS
from onroll.matching.files.from_postgres import as_file
from onroll.matching.files.reading import BadValue, Listed, connect, read_list
from onroll.matching.files.same_rows import others_of
from onroll.matching.files.sources import CannotRead
from onroll.matching.files.writing import write
from onroll.matching.linking import link
from onroll.matching.model import shipped
from onroll.matching.progress import watched
from onroll.matching.records import FIELDS, Names
from onroll.matching.spark import session
from onroll.matching.weighing import THREADS, Engine
from onroll.tables.formulas import harmless

SHOWN_PROBLEMS = 5
_KINDS = "CSV, Excel, Parquet, or postgresql://host/database#table"


def add_arguments(parser: Parser) -> None:
    """Take two lists, where to write the answers and how to work them out."""
    parser.description = "Are the children of one list on another? Needs no database."
    parser.epilog = f"Columns of a list, all but the id optional: {', '.join(FIELDS)}."
    parser.add_argument("left", metavar="LEFT", help=f"children to look for: {_KINDS}")
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


def refusal_to_write(
    out: Path, problems: Path | None, read: Sequence[str | Path | None]
) -> str | None:
    """Return why files must not be written where they are asked for, before anything is read."""
    lists = {Path(name).resolve() for name in read if name is not None}
    for path in (out, problems):
        if path is None:
            continue
        if not path.parent.is_dir():
            return f"there is no folder {path.parent} to write into."
        if path.is_dir():
            return f"{path} is a folder; name a file to write."
        if path.resolve() in lists:
            return f"{path} is a list to read; name another file to write."
    if problems is not None and problems.resolve() == out.resolve():
        return f"{out} cannot hold the answers and the bad values; name two files."
    return None


def unwritten(error: Exception) -> str:
    """Return why a list cannot be read or the answers not written, as a sentence for a person."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.filename or 'the answers cannot be written'}: {error.strerror}."


def _link(args: argparse.Namespace, complain: Console) -> dict[str, int]:
    names, connection = Names(), connect()
    with ExitStack() as files, watched(complain) as step:

        def read(source: str, table: str) -> Listed:
            return read_list(files.enter_context(as_file(source)), table, names, connection)

        step("Reading")
        left, right = read(args.left, "lefts"), read(args.right, "rights")
        household = None if args.household is None else read(args.household, "households")
        others = others_of(left, right, household, names)
        with engine_named(args.engine) as engine:
            linked = link(left.columns, right.columns, names, shipped(), others, step, engine)
        step("Writing")
        write(args.out, left, right, linked)
    problems = [p for listed in (left, right, household) if listed for p in listed.problems]
    _report(problems, args.problems, complain)
    counts = Counter(KINDS[kind] for kind in linked.answered.kinds.tolist())
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


def write_problems(path: Path, problems: Sequence[BadValue], *, goes_on: bool = False) -> None:
    """Write bad values to a file, or after what stands there if it `goes_on`."""
    with path.open("a" if goes_on else "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if not goes_on:
            writer.writerow(("file", "id", "field", "value", "problem"))
        lines = ((p.file, p.id, p.field, p.value, p.words) for p in problems)
        writer.writerows(map(harmless, line) for line in lines)


def _report(problems: Sequence[BadValue], path: Path | None, complain: Console) -> None:
    if path is not None:
        write_problems(path, problems)
        values = "value was" if len(problems) == 1 else "values were"
        complain.print(f"{len(problems)} {values} wrong or left out: {path} says which.")
    elif problems:
        for p in problems[:SHOWN_PROBLEMS]:
            complain.print(p.in_words())
        if len(problems) > SHOWN_PROBLEMS:
            more = len(problems) - SHOWN_PROBLEMS
            complain.print(f"... and {more} more; --problems FILE writes them all.")
