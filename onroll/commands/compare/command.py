"""The `onroll compare` command: compare two lists and write the findings (P04, P05).

Needs no database. Lists are CSV or XLSX as school systems export them, or have the columns of
`onroll link`. Exit codes: 0 done, 1 a file cannot be read, 2 wrong arguments.
"""

import json
import sys
from argparse import Namespace
from pathlib import Path

from rich.console import Console

from onroll import arguments
from onroll.arguments import Parser
from onroll.commands.compare.children import Line
from onroll.commands.compare.linking import link_rows
from onroll.commands.compare.problems import bad_value, problems_of_stays, report
from onroll.commands.compare.reading import lines_of, read_sheet
from onroll.commands.compare.rows import Rows, findings_of
from onroll.commands.compare.writing import sentence, totals_of, write
from onroll.formats import Unreadable
from onroll.formats.standing import Stand
from onroll.matching import ABSENCE_MEANS, refusal_to_write, unwritten
from onroll.tables import day_of

_WITH_TIMES = ("leavers", "joiners")
"""Kinds of lists whose dates should meet those of a roll."""


def add_arguments(parser: Parser) -> None:
    """Declare the two lists, the kind of the first, and their dates."""
    parser.description = "Who of one list is on no other? Needs no database."
    parser.add_argument("old", type=Path, metavar="OLD", help="the children to look for")
    parser.add_argument("new", type=Path, metavar="NEW", help="where they should be")
    parser.add_argument(
        "--as",
        dest="kind",
        choices=tuple(ABSENCE_MEANS),
        default="rolls",
        help="what OLD is (rolls)",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FINDINGS.csv")
    parser.add_argument("--on", type=arguments.day, metavar="DATE", help="the day of NEW (today)")
    parser.add_argument(
        "--was-on",
        type=arguments.day,
        metavar="DATE",
        help="the day of OLD: children who changed school between the days are told apart",
    )
    arguments.add_json(parser, "the totals for machines")
    arguments.add_problems(parser)


def run(args: Namespace) -> int:
    """Run the command; return its exit code."""
    complain = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    args.on = args.on or args.today
    args.was_on = args.was_on or args.on
    refusal = refusal_to_write(args.out, args.problems, (args.old, args.new)) or _wrong_days(args)
    if refusal:
        complain.print(f"onroll compare: {refusal}")
        return 2
    try:
        totals = _compare(args, complain)
    except (Unreadable, OSError) as error:
        complain.print(f"onroll compare: {unwritten(error)}")
        return 1
    if args.json:
        sys.stdout.write(json.dumps(totals) + "\n")
    else:
        Console(highlight=False, soft_wrap=True).print(sentence(totals, args.out), markup=False)
    return 0


def _wrong_days(args: Namespace) -> str:
    if args.was_on <= args.on:
        return ""
    return (
        f"the day of {args.old.name}, {args.was_on}, is after that of {args.new.name}, {args.on}. "
        "The older list comes first: give its day as --was-on, and the other's as --on."
    )


def _compare(args: Namespace, complain: Console) -> dict[str, int]:
    """Read both lists, write the findings, report problems; return the totals."""
    sheets = [read_sheet(path) for path in (args.old, args.new)]
    old, new = (
        Rows(lines_of(sheet, was_on=args.was_on, on=args.on, day=day))
        for sheet, day in zip(sheets, (args.was_on, args.on), strict=True)
    )
    links = link_rows(
        [line.row for line in old.children],
        [line.row for line in new.maybe_there],
        with_times=args.kind in _WITH_TIMES,
        say=args.problems,
        called=(args.old.name, args.new.name),
    )
    words = _nothing if args.kind == "leavers" else _stay_words
    findings = findings_of(old, new, links, kind=args.kind, own_words=words)
    write(args.out, findings)
    problems = [
        *(bad_value(args.old.name, remark) for remark in sheets[0].remarks),
        *(bad_value(args.new.name, remark) for remark in sheets[1].remarks),
        *(problems_of_stays(args.old.name, old) if args.kind == "rolls" else ()),
        *problems_of_stays(args.new.name, new),
    ]
    report(problems, args.problems, complain, goes_on=bool(old.children and new.maybe_there))
    for path, rows in ((args.old, old), (args.new, new)):
        if not rows.lines:
            complain.print(f"{path.name} has nobody on it: below the names of columns is no row.")
    return totals_of(old, new, findings)


def _stay_words(line: Line) -> str:
    """Return what an older roll's row says of a child who left, or who was not on the roll."""
    if line.standing.stand is not Stand.ON_ROLL:
        return f" The first list itself says: {line.standing.words}."
    leaving_on = day_of(line.row.values.get("leaving_on", ""))
    return f" The first list gives {leaving_on:%d/%m/%Y} as leaving date." if leaving_on else ""


def _nothing(line: Line) -> str:
    """Return no words: on a list of leavers, every child left."""
    return ""
