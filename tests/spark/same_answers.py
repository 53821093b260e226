"""`onroll link --engine spark` gives the file that the default engine gives, byte for byte.

`make spark` installs the extra and runs this; pytest does not collect it by itself.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from bench.linking.sets import Made, borough, households
from onroll.matching.blocking import rules as blocking
from onroll.matching.blocking.keyed import KeyedList
from onroll.matching.blocking.rules import STRONG_RULES, WIDE_RULES
from onroll.matching.blocking.search import Search
from onroll.matching.frequencies.of_list import count
from onroll.matching.model import shipped
from onroll.matching.records.columns import columns_of
from onroll.matching.records.names import Names
from onroll.matching.scoring.candidates import THREADS, Engine, ScoredPairs
from onroll.matching.spark.engine import OnSpark, on_spark
from onroll.matching.spark.tasks import LEVELS, POWERS
from tests.matching.lists import SURNAMES, child, crowd, write
from tests.typed import link as link_command


@pytest.fixture(scope="module")
def sets() -> dict[str, Made]:
    return {"borough": borough(7, pupils=1000), "households": households(7, homes=600)}


@pytest.fixture
def spark() -> Iterator[OnSpark]:
    with on_spark() as engine:
        yield engine


def files(made: Made, folder: Path) -> list[str]:
    """Write the lists; return the left, the right and the old roll."""
    old = made.household or made.left
    named = ("left", made.left), ("right", made.right), ("old", old)
    return [str(write(folder / f"{name}.csv", rows)) for name, rows in named]


def answers(folder: Path, *options: str) -> tuple[bytes, bytes]:
    """Run the command by both engines on the same lists; return what each wrote."""
    outs = folder / "duckdb.csv", folder / "spark.csv"
    for out in outs:
        assert link_command([*options, "--out", str(out), "--engine", out.stem]) == 0
    return outs[0].read_bytes(), outs[1].read_bytes()


@pytest.mark.parametrize("with_household", [False, True])
@pytest.mark.parametrize("name", ["borough", "households"])
def test_both_engines_write_the_same_file(
    sets: dict[str, Made], name: str, with_household: bool, tmp_path: Path
) -> None:
    """Issue: tested on a small set, the same answers as DuckDB."""
    left, right, old = files(sets[name], tmp_path)
    options = ["--household", old] if with_household else []
    expected, found = answers(tmp_path, left, right, *options)
    assert found == expected
    assert found.count(b",same,") > 100


def test_bad_values_empty_lists_and_columns_that_say_nothing_do_the_same(tmp_path: Path) -> None:
    bad = child(id="1", dob="31/31/2014", sex="Q", upn="nonsense", postcode="?", phone="12")
    rows = write(tmp_path / "l.csv", [bad, child(id=""), *crowd("L")])
    ids = write(tmp_path / "ids.csv", [{"id": "7"}, {"id": "8"}])
    empty = write(tmp_path / "none.csv", [child(id="1")])
    empty.write_text(empty.read_text().splitlines()[0] + "\n")
    right = write(tmp_path / "r.csv", crowd("R"))
    for lists in ((rows, right), (ids, right), (rows, ids), (empty, right), (rows, empty)):
        said = tmp_path / "problems.csv"
        options = [*map(str, lists), "--problems", str(said)]
        expected, found = answers(tmp_path, *options)
        assert found == expected


def assert_same(search: Search, spark: Engine) -> ScoredPairs:
    """Weigh by both engines; return what both found."""
    known, model = count(search.right.columns, search.right.names), shipped()
    ours, theirs = (engine.score(search, known, model) for engine in (THREADS, spark))
    assert np.array_equal(ours.pairs.left, theirs.pairs.left)
    assert np.array_equal(ours.pairs.right, theirs.pairs.right)
    for part, names in (("compared", LEVELS), ("scored", POWERS)):
        for name in names:
            one, other = (getattr(getattr(found, part), name) for found in (ours, theirs))
            assert np.array_equal(one, other)
            assert one.dtype == other.dtype
    return ours


def test_both_give_up_the_same_keys(spark: OnSpark, monkeypatch: pytest.MonkeyPatch) -> None:
    """Crowded keys, the dearer keys of a rule that brings too many pairs, and loose rules."""
    names = Names()
    many = [
        child(
            id=f"R{n}",
            forename=f"Name{chr(97 + n % 26)}",
            surname="Ackroyd" if n < 4001 else SURNAMES[n * n % len(SURNAMES)],
            dob=f"20{10 + n % 8}-{1 + n % 12:02}-{1 + n % 28:02}",
        )
        for n in range(5000)
    ]
    left, right = (KeyedList(columns_of(rows, names), names) for rows in (many[::200], many))
    rules = (*STRONG_RULES, *WIDE_RULES)
    plenty = assert_same(Search(left, right, rules), spark)
    monkeypatch.setattr(blocking, "MOST_PAIRS", 50)
    fewer = assert_same(Search(left, right, rules), spark)
    monkeypatch.setattr(blocking, "VAST", 0)
    fewest = assert_same(Search(left, right, rules), spark)
    assert len(fewest.pairs) < len(fewer.pairs) < len(plenty.pairs)


def test_both_look_at_some_places_only_and_at_no_pair_twice(spark: OnSpark) -> None:
    names = Names()
    left, right = (KeyedList(columns_of(crowd(side), names), names) for side in "LR")
    sure = assert_same(Search(left, right, STRONG_RULES), spark)
    some = np.arange(1, len(left), 2), np.arange(0, len(right), 3)
    assert_same(Search(left, right, WIDE_RULES, *some, sure.pairs), spark)


def test_spark_listens_to_this_machine_only(spark: OnSpark) -> None:
    heard = {
        connection.laddr.ip
        for process in psutil.Process().children(recursive=True)
        for connection in process.net_connections()
        if connection.status == psutil.CONN_LISTEN
    }
    assert heard
    assert {ip.removeprefix("::ffff:").split(".")[0] for ip in heard} == {"127"}


ALONE = """
import psutil, sys
from onroll.matching.spark.engine import on_spark
with on_spark() as spark:
    print(spark._spark.range(0, 7).count(), *(c.pid for c in psutil.Process().children(True)))
"""


CLUSTER = """
spark.master local-cluster[2,1,1024]
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
"""


def test_processes_that_share_nothing_with_this_one_do_the_same(
    sets: dict[str, Made], tmp_path: Path
) -> None:
    """Two workers with a Java each, as on two machines: all they need is sent to them."""
    (tmp_path / "spark-defaults.conf").write_text(CLUSTER)
    settings = {"SPARK_CONF_DIR": str(tmp_path), "SPARK_LOCAL_IP": "127.0.0.1"}
    settings |= {"SPARK_WORKER_DIR": str(tmp_path / "work")}
    left, right, old = files(sets["households"], tmp_path)
    command = ["link", left, right, "--household", old, "--engine"]
    for name, more in (("duckdb", {}), ("spark", settings)):
        subprocess.run(
            [Path(sys.executable).with_name("onroll"), *command, name, "--out", tmp_path / name],
            env={"PATH": "/usr/bin:/bin", **more},
            capture_output=True,
            check=True,
        )
    assert (tmp_path / "spark").read_bytes() == (tmp_path / "duckdb").read_bytes()


def test_nothing_runs_or_lies_about_afterwards(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", ALONE],
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    rows, *started = map(int, run.stdout.split())
    assert rows == 7
    still = [psutil.Process(pid) for pid in started if psutil.pid_exists(pid)]
    assert psutil.wait_procs(still, timeout=30)[1] == []
    assert list(tmp_path.iterdir()) == []
    assert run.stderr == ""
