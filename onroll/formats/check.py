"""The `onroll check FILE...` command: check school files. Needs no database.

It reads what a school may send (CTF, CML, CMJ, ATF, a zip of them, a roll as CSV or XLSX) and says
of it what the school's page says. Exit status: 0 clean (warnings are allowed), 1 with errors, 2 if
a file cannot be read.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from onroll.formats.door import files_in, open_file, steady
from onroll.formats.kinds import FORMATS
from onroll.formats.problems import Audience, Problem, Unreadable
from onroll.formats.records import Header
from onroll.formats.safe_xml import STREAM_LIMIT, Source
from onroll.formats.senders import names_a_school, of_no_school
from onroll.tables.panics import is_fault, where

CLEAN, WITH_ERRORS, UNREADABLE = 0, 1, 2
_ORDER = ("error", "warning", "info")
_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


@dataclass(frozen=True, slots=True)
class Checked:
    """The result for one file. `header` is None if even that could not be read."""

    name: str
    header: Header | None
    pupils: int
    problems: tuple[Problem, ...]
    is_readable: bool = True

    @property
    def status(self) -> int:
        """The exit status this file alone would give."""
        if not self.is_readable:
            return UNREADABLE
        return (
            WITH_ERRORS if any(problem.severity == "error" for problem in self.problems) else CLEAN
        )


def check(
    source: Source, *, name: str, on: date | None = None, most: int = STREAM_LIMIT
) -> Checked:
    """Read one file to its end and return its problems. Never raises for a bad file.

    `on` is the day it came, by which a list's dates are checked; `most` the most bytes read.
    """
    header, pupils, problems = None, 0, list[Problem]()
    try:
        reader = open_file(source, name=name, on=on, most=most)
        header = reader.header
        is_of_a_school = False
        for record in reader:
            pupils += 1
            problems += record.problems
            is_of_a_school = is_of_a_school or names_a_school(header, [record])
    except Unreadable as refusal:
        return Checked(name, header, 0, (refusal.problem(),), is_readable=False)
    except BaseException as fault:
        if not is_fault(fault):
            raise
        failed = Unreadable("read-failed", f"{type(fault).__name__} at {where(fault)}")
        return Checked(name, header, 0, (failed.problem(),), is_readable=False)
    whose = () if is_of_a_school or not pupils else of_no_school(header, name)
    return Checked(name, header, pupils, (*reader.problems, *whose, *problems))


def check_all(
    paths: Iterable[Path], *, on: date | None = None, most: int = STREAM_LIMIT
) -> Iterator[Checked]:
    """Check each path; a zip answers for each file in it. A bad file never stops the rest."""
    for path in paths:
        try:
            for name, source in files_in(steady(path), name=path.name):
                yield check(source, name=name, on=on, most=most)
        except Unreadable as refusal:
            yield Checked(path.name, None, 0, (refusal.problem(),), is_readable=False)


def main(
    paths: Sequence[str | Path],
    *,
    as_json: bool,
    out: TextIO,
    on: date | None = None,
    audience: Audience = "school",
    most: int = STREAM_LIMIT,
) -> int:
    """Check files and write the answer to `out`, as JSON or for people. Returns the exit status."""
    results = []
    console = Console(file=out, highlight=False, emoji=False)
    for checked in check_all(map(Path, paths), on=on, most=most):
        results.append(checked)
        if not as_json:
            _show(checked, console, audience)
    if as_json:
        answer = {"files": [as_dict(result, audience) for result in results]}
        json.dump(answer, out, indent=1)  # in letters that every console has
        out.write("\n")
    return max((result.status for result in results), default=CLEAN)


def as_dict(checked: Checked, audience: Audience = "school") -> dict[str, object]:
    """A result in the shape of `--json`."""
    header = checked.header or Header(kind="")
    return {
        "name": checked.name,
        "kind": header.kind,
        "version": header.version,
        "sender": header.source.number,
        "destination": header.destination.number,
        "pupils": checked.pupils,
        "problems": [
            {
                "severity": problem.severity,
                "rule": problem.rule,
                "path": problem.path,
                "message": problem.words(audience),
            }
            for problem in checked.problems
        ],
    }


def _show(checked: Checked, console: Console, audience: Audience) -> None:
    header = checked.header
    console.print(f"[bold]{escape(checked.name)}[/bold]")
    if not checked.is_readable:
        console.print("  Cannot be read, so nothing in it is used.", style="bold red")
    elif header is not None:
        console.print(f"  {escape(_in_short(header, checked.pupils))}")
    if not checked.problems:
        console.print("  Nothing wrong was found.", style="green")
        return
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for problem in sorted(checked.problems, key=lambda problem: _ORDER.index(problem.severity)):
        words = (
            f"{escape(problem.words(audience))}\n[dim]{escape(problem.path)}  {problem.rule}[/dim]"
        )
        table.add_row(f"[{_STYLES[problem.severity]}]{problem.severity}[/]", words)
    console.print(table)


def _in_short(header: Header, number: int) -> str:
    """The kind of a file, how many pupils it has, and from whom it goes to whom."""
    row = FORMATS.get(header.kind)
    kind = row.short_title if row else header.kind
    pupils = "1 pupil" if number == 1 else f"{number} pupils"
    if header.is_list:
        return f"{kind}, {pupils}, of {header.source.number or 'no one school'}"
    source, to = header.source.number or "?", header.destination.number or "?"
    return f"{kind} version {header.version or '?'}, {pupils}, from {source} to {to}"
