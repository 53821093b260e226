"""A backup is whole or is not there, and is tried on a copy: counts, hashes, rights, sign-in."""

import json
import os
import re
import resource
import stat
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.contenttypes.models import ContentType

from onroll.accounts.models import User
from onroll.config import programs
from onroll.config.backup import drill
from onroll.config.backup.manifest import BackupError, Content, Manifest, unpacked
from onroll.config.backup.restoring import read
from onroll.config.postgres import Server
from onroll.intake.actions import receive_file
from tests import database
from tests.config.ports import ONROLL
from tests.config.test_postgres import home
from tests.people import AT, People

__all__ = ["home"]
DOCS = Path(__file__).parents[2] / "docs" / "running.md"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*ONROLL, *arguments],
        env={**os.environ, "ONROLL_LOG_LEVEL": "ERROR", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def written() -> list[str]:
    """Return the commands that the page about running Onroll gives for backups."""
    part = DOCS.read_text("utf-8").split("## Backups")[1].split("\n## ")[0]
    return re.findall(r"^onroll ([^#\n]+?)\s*(?:#.*)?$", part, re.MULTILINE)


def test_what_the_docs_say_is_what_happens(home: Path, tmp_path: Path) -> None:
    """The backup of a service on the database it brings, its drill, and the way back."""
    ours, other = {"ONROLL_DATA": str(home / "ours")}, {"ONROLL_DATA": str(home / "other")}
    made = Server(home / "ours" / "test")  # its tables are there: to make them is slow
    programs.make_folder(made.home)
    programs.copy_folder(database.template(), made.data)
    person = ("add", "olive@harrow.example", "--name", "Olive Obi", "--role", "loc")
    assert run("person", *person, **ours).returncode == 0
    backup, drill, restore, migrate = (
        [str(tmp_path / word) if word == "onroll.backup" else word for word in line.split()]
        for line in written()
    )
    assert run(*backup, **ours).returncode == 0
    tried = run(*drill, **ours)
    assert tried.returncode == 0, tried.stderr
    for words in (
        "whole and unchanged",
        "Counts and hashes of all of them are those of the backup",
        "web and worker can neither change nor delete one",
        "Somebody with the role “Children missing education officer” signed in on the copy",
        "The copy is gone.",
    ):
        assert words in tried.stdout
    assert list((home / "ours" / "test").glob("drill-*")) == []
    assert run(*restore, **other).returncode == 0
    assert run(*migrate, **other).returncode == 0
    assert run("person", "list", **other).stdout.startswith("olive@harrow.example  Olive Obi")
    again = run(*restore, **other)
    assert again.returncode == 1
    assert "The database onroll is not empty, and nothing in it is overwritten." in again.stderr


@pytest.fixture
def service(app_url: str, owner_url: str, transactional_db: None) -> dict[str, str]:
    """Give the settings of a service whose database is on a server of its own."""
    return {"DATABASE_URL": app_url, "DATABASE_OWNER_URL": owner_url}


def backup(file: Path, service: dict[str, str]) -> Manifest:
    done = run("backup", str(file), **service)
    assert done.returncode == 0, done.stderr
    return read(file)


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_files_and_trail_needs_no_superuser_and_is_of_one_moment(
    service: dict[str, str], people: People, tmp_path: Path
) -> None:
    with psycopg.connect(service["DATABASE_OWNER_URL"]) as owner:
        asked = owner.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
        assert asked.fetchone() == (False,)
    receive_file(content=b"\x00bytes\xff" * 1000, name="a.xml", how="command", at=AT)
    with _writing():
        manifest = backup(tmp_path / "b", service)
    tables = manifest.content.tables
    assert tables["public.intake_transfer"][0] == 1
    assert tables["audit.change_event"][0] > 20
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    tried = run("restore", str(tmp_path / "b"), "--drill", **service)
    assert tried.returncode == 0, tried.stderr


@contextmanager
def _writing() -> Iterator[None]:
    """Write rows all the while, as a service in use does."""
    stop = threading.Event()

    def write() -> None:
        from django.db import connection

        number = 0
        while not stop.is_set():
            number += 1
            ContentType.objects.create(app_label="tests", model=str(number))
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_in_production_somebody_signs_in_on_the_copy_with_their_second_factor(
    service: dict[str, str], people: People, tmp_path: Path
) -> None:
    TOTP.activate(people.olive, generate_totp_secret())
    User.objects.exclude(pk=people.olive.pk).update(is_active=False)
    backup(tmp_path / "b", service)
    production = {
        "ONROLL_MODE": "production",
        "ONROLL_SECRET_KEY": "made up for a test " * 4,
        "ONROLL_HOSTS": "children.harrow.example",
        "ONROLL_BEHIND_PROXY": "yes",
        "ONROLL_PROXIES": "2",
    }
    tried = run("restore", str(tmp_path / "b"), "--drill", **service, **production)
    assert tried.returncode == 0, tried.stderr
    assert "signed in on the copy with a password and an authenticator's code" in tried.stdout


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_is_not_the_backup_is_found(
    service: dict[str, str], people: People, tmp_path: Path
) -> None:
    backup(tmp_path / "b", service)
    _with_manifest(tmp_path / "b", lambda said: said["content"]["tables"].pop("public.cases_note"))
    tried = run("restore", str(tmp_path / "b"), "--drill", **service)
    assert tried.returncode == 1
    assert "public.cases_note: no table in the backup, 0 rows" in tried.stderr


def _with_manifest(file: Path, change: Callable[[dict], object]) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    said = json.loads(parts["manifest.json"])
    change(said)
    parts["manifest.json"] = json.dumps(said).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


CONTENT = Content({"a": (2, "x")}, "schema", {"a_id_seq": 7}, {"onroll_app": ["signs in", ""]})


@pytest.mark.parametrize(
    ("copy", "words"),
    [
        (Content({"a": (1, "x")}, *("schema", CONTENT.sequences, CONTENT.roles)), "a: 2 rows"),
        (Content({"a": (2, "y")}, *("schema", CONTENT.sequences, CONTENT.roles)), "a: 2 rows"),
        (Content({}, *("schema", CONTENT.sequences, CONTENT.roles)), "no table in the copy"),
        (Content(CONTENT.tables, "other", CONTENT.sequences, CONTENT.roles), "triggers or rights"),
        (Content(CONTENT.tables, "schema", {"a_id_seq": 6}, CONTENT.roles), "given twice"),
        (Content(CONTENT.tables, "schema", CONTENT.sequences, {}), "onroll_app: the role"),
    ],
)
def test_each_difference_is_told(copy: Content, words: str) -> None:
    (told,) = CONTENT.differences(copy)
    assert words in told
    assert CONTENT.differences(CONTENT) == []


@pytest.mark.django_db(transaction=True)
def test_where_there_is_no_room_the_backup_of_before_stays(
    service: dict[str, str], people: People, tmp_path: Path
) -> None:
    before = backup(tmp_path / "b", service)
    code = (
        "import resource, sys; from onroll.config.command import main\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, {resource.RLIM_INFINITY}))\n"
        f"sys.exit(main(['backup', '--force', {str(tmp_path / 'b')!r}]))"
    )
    done = subprocess.run(
        [ONROLL[0], "-c", code],
        env={**os.environ, **service},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "b cannot be written: File too large" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert read(tmp_path / "b") == before


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_before_is_written_over_only_when_that_is_asked_for(
    service: dict[str, str], people: People, tmp_path: Path
) -> None:
    file = tmp_path / "b"
    before = backup(file, service)
    first = file.read_bytes()
    done = run("backup", str(file), **service)
    assert done.returncode == 1
    assert f"{file} is there already and was left as it is" in done.stderr
    assert "--force" in done.stderr
    assert file.read_bytes() == first
    done = run("backup", str(file), "--force", **service)
    assert done.returncode == 0, done.stderr
    assert read(file).made_at != before.made_at


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_no_backup_is_neither_overwritten_nor_restored(
    service: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("dear all")
    for command in (["backup", "--force"], ["restore"]):
        done = run(*command, str(file), **service)
        assert done.returncode == 1
        assert "is no" in done.stderr
    assert file.read_text() == "dear all"


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_was_cut_short_or_changed_is_refused(
    service: dict[str, str], tmp_path: Path
) -> None:
    backup(tmp_path / "b", service)
    whole = (tmp_path / "b").read_bytes()
    half, changed = tmp_path / "half", tmp_path / "changed"
    half.write_bytes(whole[: len(whole) // 2])
    place = whole.index(b"PGDMP") + 2000
    changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    for file in (half, changed):
        with pytest.raises(BackupError, match="use another copy"):
            read(file)
    _with_manifest(tmp_path / "b", lambda said: said.update(sha256="0" * 64))
    with pytest.raises(BackupError, match="was changed since it was written"):
        read(tmp_path / "b")


@pytest.mark.parametrize(
    ("change", "words"),
    [({"format": 2}, "has the form 2"), ({"content": {}}, "cannot be read")],
)
def test_what_this_onroll_cannot_read_is_told(change: dict, words: str) -> None:
    manifest = Manifest("2026-11-28T19:00:00+00:00", "0.1.0", 18, 18, "0" * 64, 1, CONTENT)
    assert unpacked(manifest.packed()) == manifest
    with pytest.raises(BackupError, match=words):
        unpacked(json.dumps({**json.loads(manifest.packed()), **change}))


def test_an_empty_database_is_not_backed_up_as_if_all_were_well(home: Path, tmp_path: Path) -> None:
    done = run("backup", str(tmp_path / "b"), ONROLL_DATA=str(home))
    assert (done.returncode, done.stderr) == (
        1,
        "onroll: There is nothing to back up: the database has no tables.\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_the_copy_of_a_drill_that_was_killed_is_removed_by_the_next(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    left, running = (tmp_path / f"drill-{pid}" for pid in (ended.pid, os.getpid()))
    for folder in (left, running):
        (folder / "data").mkdir(parents=True)
    drill.clear_away(tmp_path)
    assert not left.exists()
    assert running.exists()
