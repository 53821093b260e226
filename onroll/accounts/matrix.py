"""The access matrix as one table: 43 things people do, 15 roles, and who may do which.

Source: trust.md 4.2 (`access_matrix.csv`, shipped unchanged beside this file). Cells that are not
understood, or need a part that is not built, deny.
"""

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from onroll.accounts.roles import Role

NOTHING = "\N{EN DASH}"  # how the matrix writes "may not"
FILE = Path(__file__).with_name("access_matrix.csv")


class Scope(StrEnum):
    """Whose records a person reaches with a permission.

    `ASSIGNED`: the cases that they own, are on the team of, or whose owner they cover for on the
    day (`cases.models.is_own`).
    """

    NONE = "none"
    ALL = "all"
    ASSIGNED = "assigned"
    OWN_SCHOOL = "own_school"
    TRUST = "trust"
    OWN_TEAM = "own_team"
    OWN_THINGS = "own_things"
    SHARED = "shared"
    SUPPRESSED = "suppressed"
    JUSTIFIED = "justified"
    BREAK_GLASS = "break_glass"
    SECOND_PERSON = "second_person"
    PROPOSES = "proposes"
    FLAG = "flag"

    @property
    def words(self) -> str:
        """Return the ground of an access in words."""
        return GROUNDS[self]


GROUNDS = {
    Scope.NONE: "None",
    Scope.ALL: "Their role may do this for every child",
    Scope.ASSIGNED: "Works on this case",
    Scope.OWN_SCHOOL: "The child's school",
    Scope.TRUST: "The trust of the child's school",
    Scope.OWN_TEAM: "Of the same team",
    Scope.OWN_THINGS: "Their own doing",
    Scope.SHARED: "Shared with them",
    Scope.SUPPRESSED: "Figures only",
    Scope.JUSTIFIED: "Gave a reason",
    Scope.BREAK_GLASS: "An emergency",
    Scope.SECOND_PERSON: "The second of two people who decide",
    Scope.PROPOSES: "Proposes what a second person agrees to",
    Scope.FLAG: "May know that there is something",
}


LETTERS = {
    "Y": Scope.ALL,
    "A": Scope.ASSIGNED,
    "*": Scope.OWN_THINGS,
    "O": Scope.OWN_SCHOOL,
    "T": Scope.TRUST,
    "S": Scope.SHARED,
    "Σ": Scope.SUPPRESSED,
    "J": Scope.JUSTIFIED,
    "B": Scope.BREAK_GLASS,
    "2": Scope.SECOND_PERSON,
    "P": Scope.PROPOSES,
    "F": Scope.FLAG,
}
# The narrowest first: a cell with two letters reaches what the first of these reaches.
NARROW_FIRST = ("B", "2", "P", "F", "S", "Σ", "*", "A", "O", "T", "Y", "J")
CELL = re.compile(r"(?P<letters>[YAOTSMFJB2PΣ*]+|" + NOTHING + r")(?P<note>(?:[ ,(].*)?)")


@dataclass(frozen=True)
class Cell:
    """What one role may do of one row. `text` is the cell as in the matrix.

    `note` is a condition in words: other code keeps it, or docs/access.md lists it as not kept.
    """

    text: str
    scope: Scope
    is_masked: bool = False
    needs_reason: bool = False
    note: str = ""
    is_understood: bool = True


@dataclass(frozen=True)
class Row:
    """One thing people do."""

    number: int
    action: str
    cells: dict[Role, Cell]


def parse_cell(text: str) -> Cell:
    """Return the meaning of a cell; a cell with alternatives, or in words only, denies."""
    if text == "own team":
        return Cell(text, Scope.OWN_TEAM)
    match = CELL.fullmatch(text)
    if not match or "/" in text:
        return Cell(text, Scope.NONE, note=text, is_understood=False)
    letters, note = match["letters"], match["note"].strip(" ,()")
    if letters == NOTHING:
        return Cell(text, Scope.NONE, note=note)
    reach = next((letter for letter in NARROW_FIRST if letter in letters), "")
    scope = LETTERS.get(reach, Scope.NONE)
    return Cell(text, scope, is_masked="M" in letters, needs_reason="J" in letters, note=note)


@cache
def matrix() -> dict[int, Row]:
    """Return the rows of `access_matrix.csv` by their number."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {int(row["#"]): _row(row) for row in csv.DictReader(file)}


def _row(row: dict[str, str]) -> Row:
    cells = {role: parse_cell(row[role.name].strip()) for role in Role}
    return Row(int(row["#"]), row["Action"], cells)
