"""What every list is made into for the linker: the same as is read of it in memory."""

import csv
import os
from pathlib import Path
from threading import Thread

import pytest

from onroll.tables.plain import plain_file
from tests.formats.files import LOCKED
from tests.matching.lists import child, crowd, write
from tests.tables.test_opening import book
from tests.typed import link as link_command

HEAD = ["id", "forename", "surname", "dob", "sex", "postcode"]
SAM = ["1", "Zoë", "Example", "2 March 2014", "F", "HA1 2AB"]
KIM = ["2", "Kim", "Sample", "2014-05-01T23:00:00Z", "M", "HA1 2AC"]


def linked(folder: Path, name: str, content: bytes) -> tuple[set[str], list[dict[str, str]]]:
    """Link a list with itself; return the ids that were found again, and what was told."""
    left, right = folder / name, folder / "right.csv"
    left.write_bytes(content)
    rows = [child(id="a", forename="Zoë", surname="Example", dob="2014-03-02", sex="F",
                  postcode="HA1 2AB"),
            child(id="b", forename="Kim", surname="Sample", dob="2014-05-02", sex="M",
                  postcode="HA1 2AC")]  # fmt: skip
    write(right, [*rows, *crowd("R")])
    out, problems = folder / "o.csv", folder / "p.csv"
    assert (
        link_command([str(left), str(right), "--out", str(out), "--problems", str(problems)]) == 0
    )
    with out.open(encoding="utf-8") as file, problems.open(encoding="utf-8") as told:
        found = {row["left_id"] for row in csv.DictReader(file) if row["answer"] == "same"}
        return found, list(csv.DictReader(told))


def text(*rows: list[str], mark: str = ",") -> str:
    return "".join(mark.join(row) + "\n" for row in rows)


def test_the_linker_says_that_a_list_has_a_password(tmp_path, capsys):
    (tmp_path / "left.xlsx").write_bytes(LOCKED)
    write(tmp_path / "right.csv", crowd("R"))
    left, right, out = (str(tmp_path / name) for name in ("left.xlsx", "right.csv", "o.csv"))
    assert link_command([left, right, "--out", out]) == 1
    told = capsys.readouterr()
    assert "left.xlsx: The file has a password: it cannot be read until" in " ".join(
        told.err.split()
    )


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("title.csv", f"Pupils on roll,,\n\n{text(HEAD, SAM, KIM)}".encode(), ["in row 3"]),
        ("blank.csv", f"\n\n{text(HEAD, SAM, KIM)}".encode(), []),
        ("sep.csv", f"sep=;\n{text(HEAD, SAM, KIM, mark=';')}".encode(), []),
        ("wide.csv", text(HEAD, SAM, KIM, mark="\t").encode("utf-16"), []),
        ("windows.csv", text(HEAD, SAM, KIM).encode("cp1252"), []),
        (
            "mixed.csv",
            text(HEAD, SAM).encode("cp1252") + text([*KIM[:5], "HA1 2AC"]).encode()
            + "3,Brontë,Else,,,\n".encode(),
            ["Line 2 is saved in another way"],
        ),
        ("now.xlsx", book(("Read me", False, [["Hi"]]), ("Old", True, [HEAD, SAM]),
                          ("Now", False, [HEAD, SAM, KIM])),
         ["in the sheet “Now”", "“Old” is hidden"]),
    ],
)  # fmt: skip
def test_the_linker_reads_lists_as_systems_print_them(tmp_path, name, content, told):
    found, problems = linked(tmp_path, name, content)
    assert found == {"1", "2"}
    assert len(problems) == len(told)
    for words, problem in zip(told, problems, strict=True):
        assert words in problem["problem"]


def test_a_short_row_among_whole_ones_is_told(tmp_path):
    rows = [[str(n), "Ann", f"Other{n}", "2013-01-01", "F", "HA9 9ZZ"] for n in range(3, 16)]
    _, problems = linked(tmp_path, "l.csv", text(HEAD, SAM, KIM, *rows, ["16", "Bo"]).encode())
    assert [(one["id"], one["problem"][:11]) for one in problems] == [("16", "Fewer value")]


def test_nothing_that_was_written_is_a_formula(tmp_path):
    """trust.md 1.10: neither the answers nor the bad values."""
    left = write(tmp_path / "l.csv", [child(id="=1+1", phone="@SUM(1)", dob="+1")])
    right = write(tmp_path / "r.csv", [child(id="@x"), *crowd("R")])
    out, problems = tmp_path / "o.csv", tmp_path / "p.csv"
    assert (
        link_command([str(left), str(right), "--out", str(out), "--problems", str(problems)]) == 0
    )
    for path in (out, problems):
        with path.open(encoding="utf-8") as file:
            texts = [cell for row in csv.reader(file) for cell in row]
        assert "'=1+1" in texts
        assert not [cell for cell in texts if cell.startswith(("=", "+", "@"))]


def test_a_list_with_nothing_wrong_is_read_where_it_lies(tmp_path):
    path = write(tmp_path / "l.csv", [child(id="1"), *crowd("L")])
    plain = plain_file(path, tmp_path / "nowhere", count=len)
    assert (plain.path, plain.above, plain.remarks) == (path, 0, ())


def test_a_list_from_a_pipe_is_read_once(tmp_path):
    pipe, right, out = (tmp_path / name for name in ("pipe", "r.csv", "o.csv"))
    os.mkfifo(pipe)
    write(right, [child(id="a"), *crowd("R")])
    writer = Thread(target=pipe.write_text, args=(text(HEAD, SAM, KIM), "utf-8"))
    writer.start()
    assert link_command([str(pipe), str(right), "--out", str(out)]) == 0
    writer.join()
    with out.open(encoding="utf-8") as file:
        assert {row["left_id"] for row in csv.DictReader(file)} == {"1", "2"}
