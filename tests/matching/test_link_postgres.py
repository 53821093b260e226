"""`onroll link` reads a table or view of PostgreSQL as it reads a file."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.matching.lists import child, crowd, write
from tests.typed import link as link_command

ROWS = [child(id="a", forename="Beatrxi"), *crowd("R")]


@pytest.fixture
def table(owner_url: str) -> Iterator[str]:
    """Give the address of a table of children."""
    names = sorted({name for row in ROWS for name in row})
    columns = ", ".join(f'"{name}" text' for name in names)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(f"create schema rolls; create table rolls.autumn ({columns})")
        try:
            with owner.cursor() as cursor, cursor.copy("copy rolls.autumn from stdin") as copy:
                for row in ROWS:
                    copy.write_row([row.get(name, "") for name in names])
            yield f"{owner_url}#rolls.autumn"
        finally:
            owner.execute("drop schema rolls cascade")


def test_a_table_answers_as_a_file_does(table: str, tmp_path: Path) -> None:
    left = write(tmp_path / "l.csv", [child(id="1"), *crowd("L")])
    right = write(tmp_path / "r.csv", ROWS)
    outs = tmp_path / "file.csv", tmp_path / "table.csv"
    assert link_command([str(left), str(right), "--out", str(outs[0])]) == 0
    assert link_command([str(left), table, "--out", str(outs[1]), "--household", table]) == 0
    assert link_command([str(left), table, "--out", str(outs[1])]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()


@pytest.mark.parametrize(
    ("end", "words"), [("", "Name the table after a #"), ("#rolls.nowhere", "cannot be read")]
)
def test_an_address_that_names_no_table_is_told_so(
    table: str, end: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = write(tmp_path / "l.csv", [child(id="1")])
    address = table.partition("#")[0] + end
    assert link_command([str(left), address, "--out", str(tmp_path / "o.csv")]) == 1
    assert words in capsys.readouterr().err
