"""`onroll compare`: two lists, no database, who has nobody (P04, P05)."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from onroll.config.command import main
from onroll.demo import Year, read_truth, tell, write_files, write_rolls
from onroll.demo.destiny import UNKNOWN

HEAD = "UPN,Surname,Forename,Date of Birth,Sex,Postcode,School\n"
SAM = "J310200025001,Example,Sam,04/03/2015,M,HA1 2AB,St Ann's\n"
ALEX = ",Example,Alex,04/03/2015,M,HA1 2AB,St Ann's\n"
ON = date(2026, 10, 1)


def compare(folder: Path, old: str, new: str, *more: str) -> list[dict[str, str]]:
    (folder / "old.csv").write_text(old, "utf-8")
    (folder / "new.csv").write_text(new, "utf-8")
    return run(folder / "old.csv", folder / "new.csv", folder, *more)


def run(old: Path, new: Path, folder: Path, *more: str) -> list[dict[str, str]]:
    out = folder / "findings.csv"
    assert main(["compare", str(old), str(new), "--out", str(out), *more]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kinds(rows: Iterable[dict[str, str]]) -> list[tuple[str, str]]:
    return [(row["finding"], row["forename"]) for row in rows]


def test_a_twin_is_not_taken_for_the_child_who_is_gone(tmp_path: Path) -> None:
    rows = compare(tmp_path, HEAD + SAM + ALEX, HEAD + SAM, "--on", "2026-10-01")
    assert kinds(rows) == [("vanished", "Alex")]
    assert rows[0]["of_school_age"] == "yes"
    assert rows[0]["year_group"] == "7"


def test_totals_for_machines_hold_no_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compare(tmp_path, HEAD + SAM + ALEX, HEAD + SAM, "--on", "2026-10-01", "--json")
    said = capsys.readouterr().out
    assert "Alex" not in said
    totals = json.loads(said)
    assert (totals["old"], totals["new"], totals["vanished"]) == (2, 1, 1)
    assert totals["nobody_of_age"] == 1


def test_bad_values_are_told_and_stop_nothing(tmp_path: Path) -> None:
    bad = "not a number,Sample,Noor,32/13/2015,?,nowhere,St Ann's\n,,,,,,St Ann's\n"
    problems = tmp_path / "problems.csv"
    old = HEAD + SAM + bad
    rows = compare(tmp_path, old, HEAD + SAM, "--as", "health", "--problems", str(problems))
    assert kinds(rows) == [("on_none", "Noor"), ("on_none", "")]
    assert {row["of_school_age"] for row in rows} == {"unknown"}
    assert "32/13/2015" in problems.read_text("utf-8")


def test_an_empty_second_list_means_nobody_is_there(tmp_path: Path) -> None:
    assert kinds(compare(tmp_path, HEAD + SAM, HEAD)) == [("vanished", "Sam")]


def test_lists_with_the_columns_of_the_linker_do(tmp_path: Path) -> None:
    head = "id,upn,forename,surname,dob,sex,postcode\n"
    old = head + "x7,,Sam,Example,2015-03-04,M,HA1 2AB\n"
    rows = compare(tmp_path, old, head + "y1,,Noor,Sample,2014-01-02,F,HA2 9ZZ\n")
    assert [(row["finding"], row["id"]) for row in rows] == [("vanished", "x7"), ("arrived", "y1")]


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """trust.md 1.10: names come from files others write."""
    rows = compare(tmp_path, HEAD + SAM.replace("Sam", "=1+1"), HEAD)
    assert rows[0]["forename"] == "'=1+1"


def test_what_cannot_be_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.csv").write_bytes(b"%PDF-1.4")
    old, out = str(tmp_path / "old.csv"), str(tmp_path / "out.csv")
    assert main(["compare", old, old, "--out", out]) == 1
    assert "onroll compare:" in capsys.readouterr().err
    assert main(["compare", str(tmp_path / "none.csv"), old, "--out", out]) == 1


def test_a_list_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spring.csv").touch()
    (tmp_path / "summer.csv").write_text(HEAD + SAM, "utf-8")
    lists = [str(tmp_path / name) for name in ("summer.csv", "spring.csv")]
    assert main(["compare", *lists, "--out", str(tmp_path / "out.csv")]) == 1
    assert capsys.readouterr().err.startswith("onroll compare: spring.csv: ")


def test_a_bad_value_is_told_with_its_file_and_row(tmp_path: Path) -> None:
    (tmp_path / "spring.csv").write_text(f"{HEAD}{SAM},Sample,Noor,32/13/2015,F,,\n", "utf-8")
    (tmp_path / "summer.csv").write_text(HEAD + SAM, "utf-8")
    problems = tmp_path / "problems.csv"
    places = (tmp_path / "spring.csv", tmp_path / "summer.csv", tmp_path)
    run(*places, "--problems", str(problems))
    with problems.open(encoding="utf-8", newline="") as file:
        bad = [(row["file"], row["id"], row["field"]) for row in csv.DictReader(file)]
    assert bad == [("spring.csv", "row 3", "dob")]


@pytest.mark.parametrize("place", ["old.csv", "nowhere/out.csv", "folder"])
def test_findings_are_not_written_over_a_list_nor_where_nothing_can_be(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    old = tmp_path / "old.csv"
    old.write_text(HEAD + SAM, "utf-8")
    assert main(["compare", str(old), str(old), "--out", str(tmp_path / place)]) == 2
    assert old.read_text("utf-8") == HEAD + SAM
    assert capsys.readouterr().err.count("\n") == 1


def test_a_day_that_is_none_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["compare", "a.csv", "b.csv", "--out", "o.csv", "--on", "31/02/2026"])
    assert "31/02/2026 is no day; write it as in 2026-10-01." in capsys.readouterr().err


@pytest.fixture(scope="module")
def year() -> Year:
    return tell(pupils=2_500)


def test_everyone_gone_from_two_rolls_of_the_borough_is_found_and_nobody_else(
    year: Year, tmp_path: Path
) -> None:
    """P04, P05: also the children of schools that send no leaver's file, all of them."""
    before = write_rolls(year, tmp_path / "before", whole=True).rolls[0]
    after = write_rolls(year, tmp_path / "after", on=ON, whole=True).rolls[0]
    opens = year.borough.opens_on.isoformat()
    rows = run(before, after, tmp_path, "--was-on", opens, "--on", ON.isoformat())
    by_school: dict[str, list[str]] = {}
    for spell in year.borough.spells:
        by_school.setdefault(spell.school, []).append(spell.child)
    child_of = [child for number in sorted(by_school) for child in by_school[number]]
    gone = set(child_of) - {child.key for child, _ in year.on_roll(ON)}
    found = {
        child_of[int(row["row"]) - 2]: row["finding"]
        for row in rows
        if row["finding"] in ("vanished", "never_arrived")
    }
    assert set(found) == gone
    write_files(year, tmp_path / "files")
    silent = [
        one.child
        for one in read_truth(tmp_path / "files" / "truth").leavers
        if not one.is_written and one.destiny in UNKNOWN and one.child in gone
    ]
    assert set(silent) <= set(found)
    assert "never_arrived" in found.values()


def test_of_whom_the_birthday_is_none_nobody_knows_the_age(tmp_path: Path) -> None:
    samples = Path(__file__).parent / "samples"
    out = tmp_path / "o.csv"
    lists = [str(samples / f"born_1900_{which}.csv") for which in ("old", "new")]
    assert main(["compare", *lists, "--out", str(out), "--on", "2026-11-23", "--json"]) == 0
    with out.open(encoding="utf-8") as file:
        (gone,) = csv.DictReader(file)
    assert (gone["surname"], gone["of_school_age"], gone["year_group"]) == (
        "Quillfeather",
        "unknown",
        "",
    )


def test_what_was_seen_while_a_list_was_read_is_told(tmp_path: Path) -> None:
    old, new, problems = (tmp_path / name for name in ("old.csv", "new.csv", "p.csv"))
    old.write_bytes(b"On roll\n\nSurname,Forename,DOB\nNo\xeb,Sam,02/03/2014,x\nZo\xc3\xab,Kim,\n")
    new.write_text("Surname,Forename,DOB\n=Other,Sam,02/03/2014\n", encoding="utf-8")
    asked = [
        "compare",
        str(old),
        str(new),
        "--out",
        str(tmp_path / "o.csv"),
        "--problems",
        str(problems),
    ]
    assert main(asked) == 0
    with problems.open(encoding="utf-8") as file:
        told = [(row["file"], row["value"], row["problem"][:20]) for row in csv.DictReader(file)]
    assert ("old.csv", "", "The list was read wi") in told
    assert ("old.csv", "4", "Line 4 is saved in a") in told
    assert ("old.csv", "4", "The row has 4 values") in told
