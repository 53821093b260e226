"""`onroll check FILE...`: is this CTF, CML, CMJ or ATF right? Needs no database.

Exit status: 0 clean (warnings are allowed), 1 with errors, 2 when a file cannot be read.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from onroll.formats.archive import is_zip, unzip_safely
from onroll.formats.problems import Problem, Unreadable
from onroll.formats.reading import stream, upn_twice
from onroll.formats.records import Header
from onroll.formats.safe_xml import Source

CLEAN, WITH_ERRORS, UNREADABLE = 0, 1, 2
_ORDER = ("error", "warning", "info")
_KINDS = {"LOST": "Lost-pupil CTF"}
_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file. `header` is None when even that could not be read."""

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
        return WITH_ERRORS if any(one.severity == "error" for one in self.problems) else CLEAN


def check(source: Source, *, name: str) -> Checked:
    """Read one file to its end and say what is wrong with it. Never raises for a bad file."""
    header, upns, problems = None, list[tuple[int, str]](), list[Problem]()
    try:
        reader = stream(source, name=name)
        header = reader.header
        for pupil in reader:
            upns.append((pupil.index, pupil.upn))
            problems += pupil.problems
    except Unreadable as refusal:
        return Checked(name, header, 0, (refusal.problem(),), is_readable=False)
    own = (*reader.problems, *upn_twice(upns, reader.root))
    return Checked(name, header, len(upns), (*own, *problems))


def check_all(paths: Iterable[Path]) -> Iterator[Checked]:
    """Check each path; a zip answers for each file in it. A bad file never stops the rest."""
    for path in paths:
        try:
            if is_zip(path):
                for name, content in unzip_safely(path):
                    yield check(content, name=name)
                continue
        except Unreadable as refusal:
            yield Checked(path.name, None, 0, (refusal.problem(),), is_readable=False)
            continue
        yield check(path, name=path.name)


def main(paths: Sequence[str | Path], *, as_json: bool, out: TextIO) -> int:
    """Check files and write the answer to `out`, as JSON or for people. Returns the exit status."""
    results = []
    console = Console(file=out, highlight=False, emoji=False)
    for checked in check_all(map(Path, paths)):
        results.append(checked)
        if not as_json:
            _show(checked, console)
    if as_json:
        json.dump({"files": [as_dict(one) for one in results]}, out, ensure_ascii=False, indent=1)
        out.write("\n")
    return max((one.status for one in results), default=CLEAN)


def as_dict(checked: Checked) -> dict[str, object]:
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
            {"severity": one.severity, "rule": one.rule, "path": one.path, "message": one.message}
            for one in checked.problems
        ],
    }


def _show(checked: Checked, console: Console) -> None:
    header = checked.header
    console.print(f"[bold]{escape(checked.name)}[/bold]")
    if not checked.is_readable:
        console.print("  Cannot be read, so nothing in it is used.", style="bold red")
    elif header is not None:
        to = header.destination.number or "?"
        pupils = "1 pupil" if checked.pupils == 1 else f"{checked.pupils} pupils"
        console.print(
            f"  {_KINDS.get(header.kind, header.kind)} version {header.version or '?'}, {pupils}, "
            f"from {escape(header.source.number or '?')} to {escape(to)}"
        )
    if not checked.problems:
        console.print("  Nothing wrong was found.", style="green")
        return
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for one in sorted(checked.problems, key=lambda one: _ORDER.index(one.severity)):
        words = f"{escape(one.message)}\n[dim]{escape(one.path)}  {one.rule}[/dim]"
        table.add_row(f"[{_STYLES[one.severity]}]{one.severity}[/]", words)
    console.print(table)
