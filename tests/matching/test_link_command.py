"""`onroll link`: the columns, bad rows, the same answer in any order (issue: CLI contract)."""

import csv
import json
import sys
import tempfile
from pathlib import Path
from random import Random

import duckdb
import pytest

from onroll.matching.files.reading import connect, read_list
from onroll.matching.files.writing import COLUMNS
from onroll.matching.records.names import Names
from tests.matching.lists import child, crowd, write
from tests.typed import link as link_command

LEFT = [child(id="1"), child(id="2", forename="Oswald", surname="Nobody", dob="2008-02-02",
        postcode="ZE1 0AA", address="1 Far Road"), *crowd("L")]  # fmt: skip
RIGHT = [child(id="a", forename="Beatrxi"), *crowd("R")]


def link(folder: Path, *options: str, left=LEFT, right=RIGHT) -> list[dict[str, str]]:
    """Run the command on rows; return what it wrote."""
    out = folder / "links.csv"
    ours, theirs = write(folder / "l.csv", left), write(folder / "r.csv", right)
    assert link_command([str(ours), str(theirs), "--out", str(out), *options]) == 0
    with out.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_there_is_one_row_for_each_left_record_with_the_promised_columns(tmp_path: Path) -> None:
    rows = link(tmp_path)
    assert tuple(rows[0]) == COLUMNS
    assert {row["left_id"] for row in rows} == {row["id"] for row in LEFT}
    by_id = {row["left_id"]: row for row in rows}
    assert (by_id["1"]["answer"], by_id["1"]["right_id"]) == ("same", "a")
    assert (by_id["2"]["answer"], by_id["2"]["right_id"]) == ("new", "")
    assert 0.9 < float(by_id["1"]["probability"]) <= 1
    assert "forename: one letter apart" in by_id["1"]["reasons"]


def test_the_file_is_the_same_for_rows_in_any_order(tmp_path: Path) -> None:
    link(tmp_path)
    first = (tmp_path / "links.csv").read_bytes()
    left, right = list(LEFT), list(RIGHT)
    Random(1).shuffle(left)
    Random(2).shuffle(right)
    link(tmp_path, left=left, right=right)
    assert (tmp_path / "links.csv").read_bytes() == first


def test_bad_values_are_reported_and_never_stop_a_run(tmp_path: Path) -> None:
    bad = child(id="1", dob="31/31/2014", sex="Q", upn="nonsense", postcode="?", phone="12")
    problems = tmp_path / "problems.csv"
    rows = link(tmp_path, "--problems", str(problems), left=[bad, *LEFT[1:]])
    assert len({row["left_id"] for row in rows}) == len(LEFT)
    with problems.open(encoding="utf-8") as file:
        found = {(row["id"], row["field"]) for row in csv.DictReader(file)}
    assert found == {("1", field) for field in ("dob", "sex", "upn", "postcode", "phone")}


def test_ragged_quoted_and_windows_rows_are_read(tmp_path: Path) -> None:
    left = tmp_path / "l.csv"
    left.write_bytes(
        'id,forename,surname,dob\n1,Zoë,"O""Neil, Mac",2014-03-25\n2,Short\n'
        '3,Long,Row,2012-01-03,x,y,z\n\n4,"Two\nlines",Row,2012-01-04\n'.encode("cp1252")
    )
    out = tmp_path / "o.csv"
    right = write(tmp_path / "r.csv", RIGHT)
    assert link_command([str(left), str(right), "--out", str(out)]) == 0
    with out.open(encoding="utf-8") as file:
        assert {row["left_id"] for row in csv.DictReader(file)} == {"1", "2", "3", "4"}


def test_parquet_gives_what_csv_gives(tmp_path: Path) -> None:
    expected = link(tmp_path)
    paths = []
    for name in ("l", "r"):
        path = tmp_path / f"{name}.parquet"
        duckdb.sql(f"copy (from read_csv('{tmp_path / name}.csv', all_varchar = true)) to '{path}'")
        paths.append(str(path))
    out = tmp_path / "p.csv"
    assert link_command([*paths, "--out", str(out)]) == 0
    with out.open(encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == expected


@pytest.mark.parametrize("whole", [True, False])
def test_the_old_roll_may_hold_the_children_themselves_and_the_new_roll(
    tmp_path: Path, whole: bool
) -> None:
    """A child is no rival of its own, whether or not the household list has the right one too."""
    old = write(tmp_path / "old.csv", [*LEFT, *(RIGHT if whole else [])])
    rows = link(tmp_path, "--household", str(old), left=LEFT[:1])
    assert [(row["answer"], row["right_id"]) for row in rows] == [("same", "a")]


def test_totals_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link(tmp_path, "--json")
    totals = json.loads(capsys.readouterr().out)
    assert totals["left"] == len(LEFT) == totals["same"] + totals["unsure"] + totals["new"]


def test_a_file_that_is_not_there_or_has_no_id_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = write(tmp_path / "r.csv", RIGHT)
    out = str(tmp_path / "o.csv")
    assert link_command([str(tmp_path / "none.csv"), str(right), "--out", out]) == 1
    (tmp_path / "l.csv").write_text("name\nx\n")
    assert link_command([str(tmp_path / "l.csv"), str(right), "--out", out]) == 1
    assert "no column `id`" in capsys.readouterr().err


def test_spark_without_its_extra_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)  # as where it is not installed
    right = str(write(tmp_path / "r.csv", RIGHT))
    assert link_command([right, right, "--out", str(tmp_path / "o"), "--engine", "spark"]) == 2
    words = "onroll link: --engine spark needs the extra: pip install onroll[spark]"
    assert capsys.readouterr().err.strip() == words


def test_a_row_that_is_repeated_is_read_once(tmp_path: Path) -> None:
    rows = link(tmp_path, left=[LEFT[0], *LEFT], right=[*RIGHT, RIGHT[0], *RIGHT])
    assert [row["left_id"] for row in rows].count("1") == 1
    assert next(row["answer"] for row in rows if row["left_id"] == "1") == "same"


@pytest.mark.parametrize("place", ["nowhere/links.csv", "folder"])
def test_where_nothing_can_be_written_is_told_in_a_sentence(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    ours, theirs = write(tmp_path / "l.csv", LEFT), write(tmp_path / "r.csv", RIGHT)
    assert link_command([str(ours), str(theirs), "--out", str(tmp_path / place)]) in (1, 2)
    assert capsys.readouterr().err.startswith("onroll link: ")


def test_an_empty_file_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none.csv").touch()
    theirs = write(tmp_path / "r.csv", RIGHT)
    out = str(tmp_path / "links.csv")
    assert link_command([str(tmp_path / "none.csv"), str(theirs), "--out", out]) == 1
    assert "none.csv: The file is empty." in capsys.readouterr().err


HEAD = "id,forename,surname,dob,address\n"
AISHA = "1,Aisha,Example,2014-03-05,1 Far Road\n"
AMIR = '3,Amir,Example,2012-01-04,"Flat 2, 9 Near Road"\n'


def read(folder: Path, text: bytes) -> tuple[set[str], list[tuple[str, str, str]]]:
    """Link a file; return the ids answered, and the id, field and value of each bad value."""
    left, out, problems = folder / "l.csv", folder / "o.csv", folder / "p.csv"
    left.write_bytes(text)
    right = write(folder / "r.csv", RIGHT)
    assert (
        link_command([str(left), str(right), "--out", str(out), "--problems", str(problems)]) == 0
    )
    with out.open(encoding="utf-8") as answers, problems.open(encoding="utf-8") as bad:
        ids = {row["left_id"] for row in csv.DictReader(answers)}
        return ids, [(row["id"], row["field"], row["value"]) for row in csv.DictReader(bad)]


@pytest.mark.parametrize(
    "row", ['2,"Open,Example,2014-03-05,x', '2,"Open,Short', '2,Open,Example,2014-03-05,"x']
)
def test_a_quotation_mark_left_open_takes_no_other_row(tmp_path: Path, row: str) -> None:
    """A bad row never stops a run, nor a good one (issue: CLI contract)."""
    ids, bad = read(tmp_path, (HEAD + AISHA + row + "\n" + AMIR).encode())
    assert (ids, bad) == ({"1", "2", "3"}, [("", "line", "3")])
    again = row.replace("2,", "4,", 1)
    ids, bad = read(tmp_path, (HEAD + f"{row}\n{again}\n" + AMIR + AISHA).encode())
    assert (ids, bad) == ({"1", "2", "3", "4"}, [("", "line", "2"), ("", "line", "3")])


def test_a_value_of_several_lines_is_one_value(tmp_path: Path) -> None:
    text = HEAD + AISHA + '2,O"Neil,Example,2014-03-05,"Flat 1,\n2 Road,\nHarrow"\n' + AMIR
    ids, bad = read(tmp_path, text.encode())
    assert (ids, bad) == ({"1", "2", "3"}, [])


def test_a_mark_left_open_in_a_list_of_few_columns_takes_no_other_row(tmp_path: Path) -> None:
    text = 'id,forename\n1,"Open\n' + "".join(f"{n},Sam\n" for n in range(2, 120))
    ids, bad = read(tmp_path, text.encode())
    assert (len(ids), bad) == (119, [("", "line", "2")])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
def test_a_copy_made_to_read_a_list_is_not_left_behind(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    ids, bad = read(tmp_path, (HEAD + AISHA + "2,Zoë,Example\n").encode(encoding))
    assert (ids, bad, list(spare.iterdir())) == ({"1", "2"}, [], [])


def test_lines_may_end_as_on_an_old_mac(tmp_path: Path) -> None:
    ids, bad = read(tmp_path, (HEAD + AISHA + AMIR).replace("\n", "\r").encode())
    assert (ids, bad) == ({"1", "3"}, [])


def test_what_was_not_read_is_told(tmp_path: Path) -> None:
    """Columns of other names, more values than columns, and a row too long to be one."""
    text = f"id,First Name,dob\n1,Sam,2014-03-05,x,,\n2,{'y' * 3_000_000},2014-03-05\n"
    ids, bad = read(tmp_path, text.encode())
    assert ids == {"1"}
    assert bad == [("", "", "First Name"), ("", "line", "3"), ("1", "", "x")]


def test_a_damaged_spreadsheet_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "l.xlsx").write_bytes(b"PK\x03\x04" + bytes(99))
    right = str(write(tmp_path / "r.csv", RIGHT))
    assert link_command([str(tmp_path / "l.xlsx"), right, "--out", str(tmp_path / "o.csv")]) == 1
    why = "The list cannot be opened: the Excel file is damaged or cut short."
    words = f"onroll link: l.xlsx: {why} Save it again as CSV or Excel, or ask for it again."
    assert capsys.readouterr().err.strip() == words


def test_two_columns_of_one_name_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which birthday is the child's? The check and the pages ask the same."""
    left = tmp_path / "l.csv"
    left.write_text("id,forename,dob,DOB\n1,Ada,2014-03-25,2015-01-01\n")
    right = str(write(tmp_path / "r.csv", RIGHT))
    assert link_command([str(left), right, "--out", str(tmp_path / "o.csv")]) == 1
    assert "Two columns are both called “dob”" in capsys.readouterr().err
    parquet = tmp_path / "l.parquet"
    duckdb.sql(f"copy (select 1 as id, '2014-03-25' as dob, '2015-01-01' as ' Dob') to '{parquet}'")
    assert link_command([str(parquet), right, "--out", str(tmp_path / "o.csv")]) == 1
    assert "Two columns are both called “dob”" in capsys.readouterr().err


def test_a_number_of_nobody_is_told_as_one(tmp_path: Path) -> None:
    names, connection = Names(), connect()
    path = tmp_path / "l.csv"
    path.write_text("id,upn\n1,A000000000000\n2,J31020\n")
    words = {p.id: p.words for p in read_list(path, "t", names, connection).problems}
    assert "nobody's number" in words["1"]
    assert "a letter, eleven digits" in words["2"]


def test_a_folder_is_named_as_one_and_one_child_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = str(write(tmp_path / "r.csv", RIGHT))
    out = str(tmp_path / "o.csv")
    assert link_command([str(tmp_path), right, "--out", out]) == 1
    assert "is a folder; name one list in it." in capsys.readouterr().err
    left = tmp_path / "one.csv"
    left.write_text("id,forename,surname,upn\n1,Nobody,Known,J31020\n")
    problems = str(tmp_path / "p.csv")
    assert link_command([str(left), right, "--out", out, "--problems", problems]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("1 child looked for among")
    assert "1 value was wrong or left out" in told.err


@pytest.mark.parametrize(
    ("out", "problems"),
    [("l.csv", "p.csv"), ("o.csv", "r.csv"), ("o.csv", "o.csv"), ("o.csv", "nowhere/p.csv")],
)
def test_nothing_is_written_over_a_list_or_over_the_answers(
    out: str, problems: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = write(tmp_path / "l.csv", LEFT), write(tmp_path / "r.csv", RIGHT)
    before = ours.read_bytes(), theirs.read_bytes()
    places = ["--out", str(tmp_path / out), "--problems", str(tmp_path / problems)]
    assert link_command([str(ours), str(theirs), *places]) == 2
    assert (ours.read_bytes(), theirs.read_bytes()) == before
    assert not (tmp_path / "o.csv").exists()
    assert capsys.readouterr().err.count("\n") == 1


def test_help_names_the_columns(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        link_command(["--help"])
    said = capsys.readouterr().out.replace("\n", " ")
    assert all(f" {name}" in said for name in ("former_upn", "adult_surname", "from", "to"))


@pytest.mark.parametrize("above", ["sep=,\n", "\n", "\r\n  \r\n"])
def test_lines_above_the_heading_are_passed_over(tmp_path: Path, above: str) -> None:
    ids, bad = read(tmp_path, (above + HEAD + AISHA + AMIR).encode("utf-8-sig"))
    assert (ids, bad) == ({"1", "3"}, [])


def test_ids_that_would_run_in_a_spreadsheet_do_not(tmp_path: Path) -> None:
    samples, out = Path(__file__).parent / "samples", tmp_path / "o.csv"
    lists = [str(samples / f"formula_{side}.csv") for side in ("left", "right")]
    assert link_command([*lists, "--out", str(out)]) == 0
    with out.open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["left_id"], row["right_id"]) == ("'=1+1", "'@x")


def test_headings_of_parquet_may_be_written_with_spaces_too(tmp_path: Path) -> None:
    left, out = tmp_path / "l.parquet", tmp_path / "o.csv"
    duckdb.sql(
        "copy (select 'x' as id_, 1 as \"Id \", 'Zoë' as \"Forename\", 'Example' as surname,"
        f" 'M' as sex, 'A' as \"Former UPN\") to '{left}'"
    )
    right = write(tmp_path / "r.csv", [child(id="a"), *RIGHT[1:]])
    assert link_command([str(left), str(right), "--out", str(out)]) == 0
    with out.open(encoding="utf-8") as file:
        assert [row["left_id"] for row in csv.DictReader(file)] == ["1"]
