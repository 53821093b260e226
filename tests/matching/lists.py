"""Small lists for tests of linking; all children are made up."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from onroll.matching.assignment.decisions import ANSWER_KINDS
from onroll.matching.lists.linking import HouseholdList, LinkedLists, link_lists
from onroll.matching.model import shipped
from onroll.matching.records.columns import columns_of
from onroll.matching.records.names import Names

Row = Mapping[str, str]

FORENAMES = [
    "Amber",
    "Bruno",
    "Celia",
    "Dexter",
    "Edith",
    "Fergus",
    "Gloria",
    "Hector",
    "Irene",
    "Jasper",
    "Kirsten",
    "Lorcan",
    "Mabel",
    "Nigel",
    "Opal",
    "Percy",
    "Quentin",
    "Rosalind",
    "Silas",
    "Tabitha",
    "Ursula",
    "Vernon",
    "Wendy",
    "Xavier",
    "Yvette",
    "Zeke",
]
SURNAMES = [
    "Ackroyd",
    "Birtwistle",
    "Cholmondeley",
    "Drinkwater",
    "Entwistle",
    "Fothergill",
    "Greenhalgh",
    "Heptonstall",
    "Illingworth",
    "Jowett",
    "Kershaw",
    "Lumb",
    "Micklethwaite",
    "Naylor",
    "Oldroyd",
    "Pickles",
    "Quarmby",
    "Ramsbottom",
]


def child(**fields: str) -> dict[str, str]:
    """A child with everything said; `fields` say otherwise."""
    return {
        "forename": "Beatrix",
        "surname": "Wolstenholme",
        "dob": "2014-03-25",
        "sex": "F",
        "postcode": "HA1 2AB",
        "address": "7 Mill Lane",
        **fields,
    }


def crowd(prefix: str, homes: int = 60) -> list[dict[str, str]]:
    """Families of two, so that lists have brothers, sisters and other people in them."""
    rows = []
    for n in range(homes):
        for k in (0, 1):
            rows.append(
                child(
                    id=f"{prefix}{n}-{k}",
                    forename=FORENAMES[(n * 7 + k * 5) % len(FORENAMES)],
                    surname=SURNAMES[n % len(SURNAMES)],
                    dob=_day(n, k),
                    sex="FM"[(n + k) % 2],
                    postcode=f"HA{1 + n % 9} {n % 10}X{chr(65 + n % 20)}",
                    address=f"{n} Grove Road",
                )
            )
    return rows


def _day(n: int, k: int) -> str:
    return f"20{10 + (n + 3 * k) % 9:02}-{1 + n % 12:02}-{3 + (n * 5 + k * 9) % 24:02}"


def run(left: Sequence[Row], right: Sequence[Row], old: Sequence[Row] | None = None) -> LinkedLists:
    """Link lists held in memory; `old` is another list of who else could explain a record."""
    names = Names()
    ours, theirs = columns_of(left, names), columns_of(right, names)
    others = None
    if old is not None:
        columns = columns_of(old, names)
        size = len(columns)
        others = HouseholdList(columns, np.full(size, -1), np.zeros(size, bool))
    return link_lists(ours, theirs, names, shipped(), others)


def answer(linked: LinkedLists, place: int = 0) -> str:
    """The answer for one left record."""
    return ANSWER_KINDS[int(linked.answered.kinds[place])].value


def top(linked: LinkedLists, place: int = 0) -> int:
    """The place on the right of the first candidate shown for a left record, or -1."""
    pairs = linked.weighed.pairs.take(linked.answered.shown)
    mine = pairs.right[pairs.left == place]
    return int(mine[0]) if len(mine) else -1


def write(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows as CSV with the columns any of them has."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
