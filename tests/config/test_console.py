"""Whatever a command is run in, its answer is the same, and nothing is a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.matching.lists import child, crowd, write

CASES = Path(__file__).parents[1] / "formats" / "samples" / "cases"
LONG = str(CASES / "long_name.xml")


def onroll(*typed: str, stdout: int = subprocess.PIPE, **env: str) -> tuple[int, bytes, str]:
    """Run a command in an environment with nothing else in it; return its code and what it said."""
    path = {"PATH": os.environ["PATH"], "PYTHONPATH": ":".join(filter(None, sys.path))}
    ran = subprocess.run(
        [sys.executable, "-m", "onroll.config.command", *typed],
        env={**path, "ONROLL_MODE": "test", **env},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )
    return ran.returncode, ran.stdout or b"", ran.stderr.decode("utf-8", "replace")


@pytest.fixture
def lists(tmp_path: Path) -> list[str]:
    """Give two lists and a name to write to, as `link` and `compare` are asked."""
    left = write(tmp_path / "l.csv", [child(id="1", surname="Łapiński"), *crowd("L")])
    right = write(tmp_path / "r.csv", [child(id="a", surname="Łapiński"), *crowd("R")])
    return [str(left), str(right), "--out"]


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8"},
    ],
    ids=str,
)
def test_no_encoding_language_or_zone_changes_what_is_found(env):
    names = [LONG, str(CASES / "two_with_one_upn.xml"), str(CASES / "invisible_space.xml")]
    usual = onroll("check", "--json", *names)
    assert (usual[0], usual[2]) == (0, "")
    assert onroll("check", "--json", *names, **env) == usual
    code, said, faults = onroll("check", *names, **env)
    assert (code, faults) == (0, "")
    assert b"Warning" in said or b"warning" in said
    assert json.loads(usual[1])["files"][2]["problems"]


@pytest.mark.parametrize("command", ["check", "check --json", "link", "compare"])
def test_a_full_disk_is_told_in_a_sentence(command, lists, tmp_path):
    first, *more = command.split()
    typed = {
        "check": [LONG], "link": [*lists, str(tmp_path / "o.csv")],
        "compare": [*lists, str(tmp_path / "o.csv")],
    }.get(first, [])  # fmt: skip
    with Path("/dev/full").open("wb") as full:
        code, _, said = onroll(first, *more, *typed, stdout=full.fileno())
    assert "Traceback" not in said
    assert code == (2 if first == "check" else 1)
    assert "the answer cannot be written: No space left on device." in said


@pytest.mark.parametrize("command", ["link", "compare"])
@pytest.mark.parametrize("where", ["--out", "--problems"])
def test_answers_that_cannot_be_written_are_told_in_a_sentence(command, where, lists, tmp_path):
    out, problems = (
        ("/dev/full", str(tmp_path / "p.csv"))
        if where == "--out"
        else (str(tmp_path / "o.csv"), "/dev/full")
    )
    code, _, said = onroll(command, *lists, out, "--problems", problems)
    assert (code, "Traceback" in said) == (1, False)
    assert "space" in said


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [["manage", "showmigrations"], ["weekly", "--help"]])
def test_a_full_disk_is_told_by_commands_with_a_database(typed, app_url):
    with Path("/dev/full").open("wb") as full:
        code, _, said = onroll(*typed, stdout=full.fileno(), DATABASE_URL=app_url)
    assert "Traceback" not in said
    assert (code, said) == (1, "onroll: the answer cannot be written: No space left on device.\n")


@pytest.mark.parametrize("command", ["check", "check --json"])
def test_nobody_who_reads_on_is_no_fault(command):
    first, *more = command.split()
    away, end = os.pipe()
    os.close(away)
    code, _, said = onroll(first, *more, LONG, stdout=end)
    os.close(end)
    assert (code, said) == (141, "")


def test_a_file_from_a_pipe_is_read(tmp_path):
    content = (CASES / "3102001_CML_310LLLL_001.xml").read_bytes()
    ran = subprocess.run(
        [sys.executable, "-m", "onroll.config.command", "check", "--json", "/dev/stdin"],
        input=content,
        capture_output=True,
        check=False,
    )
    (one,) = json.loads(ran.stdout)["files"]
    assert (ran.returncode, one["kind"], one["pupils"]) == (0, "CML", 1)
