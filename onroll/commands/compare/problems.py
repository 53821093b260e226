"""Problems in the lists themselves, as `onroll compare` reports them."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from onroll.commands.compare.linking import ROW
from onroll.commands.compare.rows import Rows
from onroll.formats.sheets import unknown_statuses
from onroll.formats.standing import Stand
from onroll.matching import SHOWN_PROBLEMS, BadValue, write_problems
from onroll.tables import Remark


def bad_value(name: str, remark: Remark) -> BadValue:
    return BadValue(name, "", "row" if remark.row else "", str(remark.row or ""), remark.words)


def report(
    problems: Sequence[BadValue], path: Path | None, complain: Console, *, goes_on: bool
) -> None:
    """Print the problems of reading the lists, or write them where the linker wrote its own."""
    if path is not None:
        write_problems(path, problems, goes_on=goes_on)
        return
    for problem in problems[:SHOWN_PROBLEMS]:
        complain.print(problem.in_words())
    if len(problems) > SHOWN_PROBLEMS:
        complain.print(
            f"... and {len(problems) - SHOWN_PROBLEMS} more; --problems FILE has them all."
        )


def problems_of_stays(name: str, rows: Rows) -> list[BadValue]:
    """Return the stays in a list that cannot be read, and the unknown enrolment statuses."""
    unclear = [
        BadValue(name, f"{ROW}{line.entry.key}", "", "", f"{line.standing.words}. {_NOBODY_KNOWS}")
        for line in rows.lines
        if line.standing.stand is Stand.UNCLEAR
    ]
    statuses = unknown_statuses((line.row.number, line.row.values) for line in rows.lines)
    return unclear + [
        BadValue(
            name,
            f"{ROW}{status.facts['first']}",
            "enrolment status",
            str(status.facts["value"]),
            f"not a status Onroll knows (rows: {status.facts['rows']}). "
            "It was taken to say nothing.",
        )
        for status in statuses
    ]


_NOBODY_KNOWS = "Nobody can say whether the child is on the roll."
