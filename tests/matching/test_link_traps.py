"""Pairs of records made to mislead a linker, each with the right answer (`link_traps/`).

Twins and cousins in one home, namesakes, names of many traditions and scripts, names nobody knew,
numbers that stand at the wrong child. All children are made up. Each is tried alone, among thirty
families whose old roll is shown, among them without it, and as the whole old roll.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.typed import link as link_command

FOLDER = Path(__file__).with_name("link_traps")
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FAMILIES = rows(FOLDER / "families.csv")
RIGHT = rows(FOLDER / "right_answers.csv")
SETTINGS = ("alone", "families and old roll", "families", "whole old roll")


def write(path: Path, records: list[Row]) -> str:
    fields = list(dict.fromkeys(field for record in records for field in record))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields)
        writer.writeheader()
        writer.writerows(records)
    return str(path)


def answers(case: str, setting: str, folder: Path) -> list[Row]:
    """Link a case in one setting; return the rows of the answer."""
    left, right = (rows(FOLDER / case / f"{side}.csv") for side in ("left", "right"))
    old = FOLDER / case / "old.csv"
    roll = [*(rows(old) if old.exists() else left), *FAMILIES]
    if setting != "alone":
        right = [*right, *({**one, "id": f"R{one['id']}"} for one in FAMILIES)]
    if setting == "whole old roll":
        left = roll
    asked = [write(folder / "left.csv", left), write(folder / "right.csv", right)]
    if setting == "families and old roll":
        asked += ["--household", write(folder / "roll.csv", roll)]
    out = folder / "out.csv"
    assert link_command([*asked, "--out", str(out), "--json"]) == 0
    return rows(out)


def tried() -> Iterator[tuple[str, str]]:
    for case in dict.fromkeys(one["case"] for one in RIGHT):
        yield from ((case, setting) for setting in SETTINGS)


@pytest.mark.parametrize(("case", "setting"), list(tried()))
def test_nobody_is_wrongly_the_same_and_nobody_wrongly_new(
    case: str, setting: str, tmp_path: Path
) -> None:
    """P03, P05: a wrong same closes the file on a missing child, a wrong new hides one found."""
    said = answers(case, setting, tmp_path)
    for right in (one for one in RIGHT if one["case"] == case):
        shown = [one for one in said if one["left_id"] == right["left_id"]]
        kind, first = shown[0]["answer"], shown[0]["right_id"]
        wanted = [one["right_id"] for one in shown]
        if right["answer"] == "not same":
            assert kind != "same", shown
        elif kind == "same":
            assert first == right["right_id"], shown
        else:
            assert (kind, right["right_id"] in wanted) == ("unsure", True), shown
            assert right["answer"] == "same or unsure", shown
