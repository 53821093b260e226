"""Times and memory are of the real command, whole, in a process of its own."""

from pathlib import Path

import duckdb
import pytest

from bench.linking import child, many, times


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    return many.write(tmp_path_factory.mktemp("lists"), 2_000, 100, seed=3)


def count(sql: str) -> int:
    return int(duckdb.sql(sql).fetchall()[0][0])


def test_a_new_roll_has_four_fifths_of_the_old_one(lists: tuple[Path, Path, Path]) -> None:
    old, new, left = lists
    assert count(f"select count(*) from '{old}'") == 2_000
    assert count(f"select count(*) from '{new}'") == pytest.approx(1_600, rel=0.05)
    assert count(f"select count(*) from '{left}'") == pytest.approx(100, rel=0.4)
    assert count(f"select count(*) from '{left}' semi join '{old}' using (id, upn, dob)") == count(
        f"select count(*) from '{left}'"
    )


def test_the_same_seed_draws_the_same_lists(lists: tuple[Path, Path, Path], tmp_path: Path) -> None:
    again = many.write(tmp_path, 2_000, 100, seed=3)
    for one, other in zip(lists, again, strict=True):
        assert count(f"select count(*) from (from '{one}' except from '{other}')") == 0


def test_both_commands_are_judged_by_whom_they_link(
    lists: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """The join finds all but those without a number on either side, about one in six."""
    _, new, left = lists
    out = tmp_path / "links.csv"
    ours = times.run_once(["link", str(left), str(new), "--out", str(out)], left, new, out, 60)
    join = times.run_once([child.JOIN, str(left), str(new), str(out)], left, new, out, 60)
    assert (ours.wrong, join.wrong) == (0, 0)
    assert ours.right > 0.9 > join.right > 0.6
    assert ours.megabytes > join.megabytes > 10
    assert ours.seconds > 0 < ours.processor


def test_a_run_that_takes_too_long_is_stopped_and_said_so(
    lists: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    _, new, left = lists
    out = tmp_path / "links.csv"
    ran = times.run_once(["link", str(left), str(new), "--out", str(out)], left, new, out, 0.2)
    assert str(ran) == "stopped after 0.2 s"
    assert ran.megabytes > 0
    assert not out.exists()
