"""Help and refusals of every command: no settings, no database, and sentences."""

import os
import resource
import subprocess
from pathlib import Path

import pytest

from tests.config.ports import ONROLL, free_port

COMMANDS = (
    *("serve", "web", "worker", "sweep", "migrate", "setup-database", "check", "demo", "intake"),
    *("backup", "restore"),
    *(
        "weekly",
        "person",
        "schools",
        "postcodes",
        "protect",
        "shell",
        "link",
        "compare",
        "docs",
        "manage",
    ),
    *("person add", "person list", "person disable", "person enable", "person link"),
    *("person give", "person take", "schools load", "schools terms", "schools join"),
    *("schools leave", "manage migrate", "manage weekly", "manage dbshell"),
)
SLOW = 2.0  # seconds of work, whatever else the machine does


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command with nothing set; a database would be made in the empty folder."""
    return subprocess.run(
        [*ONROLL, *arguments],
        env={"PATH": os.environ["PATH"], "ONROLL_DATA": str(folder / "data"), "COLUMNS": "80"}
        | {key: value for key, value in os.environ.items() if key == "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_help_needs_nothing_and_shows_how_the_command_is_used(command: str, tmp_path: Path) -> None:
    before = _work()
    done = run(tmp_path, *command.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert _work() - before < SLOW
    used_as = command if command != "manage weekly" else "weekly"
    assert done.stdout.startswith(f"usage: onroll {used_as} ")
    for furniture in ("--settings", "--pythonpath", "--traceback"):
        assert furniture not in done.stdout
    assert not (tmp_path / "data").exists()


def _work() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


NONSENSE = {
    "serv": "serv is none of serve, web",
    "serve --port nonsense": "nonsense is no whole number from 1 to 65535",
    "serve --port 0": "0 is no whole number from 1 to 65535",
    "serve --port 65536": "65536 is no whole number",
    "serve --host": "expected one argument",
    "web --port -1": "-1 is no whole number",
    "demo --port 8e3": "8e3 is no whole number",
    "demo --pupils many": "many is no whole number from 100 to 100000",
    "demo --weeks 0": "0 is no whole number from 1 to 52",
    "demo --seed x": "x is no whole number",
    "demo nonsense": "there is no nonsense",
    "worker nonsense": "there is no nonsense",
    "docs nonsense": "there is no nonsense",
    "setup-database nonsense": "this is no address of a server",
    "setup-database": "required: admin_url",
    "weekly --week nonsense": "nonsense is no day; write it as in 2026-10-01",
    "weekly --week 2026-02-30": "2026-02-30 is no day",
    "weekly nonsense": "there is no nonsense",
    "person": "required: DO",
    "person nonsense": "nonsense is none of add, list",
    "person add nobody --name N --role loc": "nobody is not an e-mail address",
    "person add a@b.example --name N --role king": "king is none of sch, mat",
    "person add a@b.example --role loc": "required: --name",
    "person disable nobody": "nobody is not an e-mail address",
    "person give a@b.example --role king": "king is none of",
    "schools nonsense": "nonsense is none of load, terms",
    "schools load nowhere.csv": "there is no nowhere.csv",
    "schools load .": ". is a folder; name a file",
    "schools load /dev/null": "/dev/null is neither a file nor a folder",
    "schools terms nowhere.csv": "there is no nowhere.csv",
    "schools load nowhere.csv --reporting-to Harrow": "there is no nowhere.csv",
    "schools join a@b.example 12": "12 is not a school's DfE number (7 digits)",
    "schools leave nobody 3102001": "nobody is not an e-mail address",
    "protect nonsense": "nonsense is not a reference",
    "intake": "required: FILE",
    "intake nowhere.xml": "there is no nowhere.xml",
    "intake /dev/zero": "/dev/zero is neither a file nor a folder",
    "check": "required: FILE",
    "backup": "required: FILE",
    "backup .": ". is a folder; name a file",
    "backup /nowhere/file": "there is no folder /nowhere to write into",
    "restore": "required: FILE",
    "restore nowhere --drill": "there is no nowhere",
    "link a.csv": "required: RIGHT, --out",
    "link a.csv b.csv --out /nowhere/out.csv": "there is no folder /nowhere",
    "link a.csv b.csv --out out.csv --engine steam": "steam is none of duckdb, spark",
    "compare a.csv b.csv --out out.csv --on 31/02/2026": "31/02/2026 is no day",
    "compare a.csv b.csv --out out.csv --as wishes": "wishes is none of rolls",
    "shell --command": "expected one argument",
    "manage nonsense --help": "there is no command nonsense",
}


@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_is_refused_in_a_sentence_with_code_2(typed: str, tmp_path: Path) -> None:
    done = run(tmp_path, *typed.split())
    assert (done.returncode, done.stdout) == (2, "")
    command = " ".join(["onroll", *typed.split()[:1]])
    assert done.stderr.startswith(("onroll:", command))
    assert NONSENSE[typed] in done.stderr
    assert "Traceback" not in done.stderr
    assert "invalid" not in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_a_database_address_that_is_none_is_refused_without_being_repeated(
    name: str, tmp_path: Path
) -> None:
    urls = {"DATABASE_URL": "postgresql://onroll_app@db.example/onroll", name: "s3cret nonsense"}
    serve = ["serve", "--port", str(free_port())]
    command = ["migrate"] if name == "DATABASE_OWNER_URL" else serve
    done = subprocess.run(
        [*ONROLL, *command],
        env={**os.environ, **urls},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"onroll: {name} is no address of a database")
    assert "s3cret" not in done.stderr


def test_without_settings_the_way_to_the_demos_data_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "weekly")
    assert done.returncode == 1
    assert "Set ONROLL_SECRET_KEY" in done.stderr
    assert "to reach the demo's data instead, set ONROLL_MODE=demo" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_a_file_that_may_not_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o700)
    (tmp_path / "closed" / "roll.csv").touch(mode=0o600)
    code = (
        "import os, sys; from onroll.config.command import main\n"
        "os.getuid() or os.setuid(65534)\n"
        f"sys.exit(main(['intake', {str(tmp_path / 'closed' / 'roll.csv')!r}]))"
    )
    if os.getuid():
        (tmp_path / "closed" / "roll.csv").chmod(0)
    done = subprocess.run(
        [ONROLL[0], "-c", code], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 2
    assert "cannot be read: Permission denied" in done.stderr
