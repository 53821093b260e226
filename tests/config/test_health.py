"""The health page: what anyone may know of the service, within seconds, whatever is wrong."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.test import Client, override_settings
from django.utils import timezone
from lxml import html
from procrastinate.contrib.django import app

from onroll.accounts.models import User
from onroll.config import health
from onroll.config.postgres import Server
from tests import database
from tests.people import People

ASK = """import django; django.setup()
from django.test import Client
answer = Client().get('/health/', HTTP_HOST='localhost')
print(answer.status_code, answer.content.decode())"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Give a server of one's own, with tables, to be treated badly."""
    with database.migrated() as server:
        yield server


def ask(server: Server) -> tuple[int, dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=os.environ | {"DATABASE_URL": server.url(), "ONROLL_LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=True,
    )
    status, _, content = done.stdout.partition(" ")
    return int(status), json.loads(content)


def first_process(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def said(database: str) -> dict[str, object]:
    return {"status": "down", "database": database, "oldest_job_seconds": None, "scanner": None}


def test_a_service_that_is_well_says_so_and_has_written(server: Server) -> None:
    well = {"status": "ok", "database": "ok", "oldest_job_seconds": None, "scanner": "not set"}
    assert ask(server) == (200, well)
    with psycopg.connect(server.url()) as connection:
        asked = connection.execute("SELECT count(*) FROM onroll_cache WHERE cache_key = 'health'")
        assert asked.fetchone() == (1,)


def test_a_full_disk_is_seen(server: Server) -> None:
    """What the server has no room for in memory goes to a device that is always full."""
    folder = server.data / "base" / "pgsql_tmp"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    folder.chmod(0o755)
    most = int(Path("/proc/sys/kernel/pid_max").read_text())
    for number in range(20_000):  # one of these is of the server's next process
        (folder / f"pgsql_tmp{(os.getpid() + number) % most}.0").symlink_to("/dev/full")
    try:
        assert ask(server) == (503, said("cannot write"))
    finally:
        shutil.rmtree(folder)
    assert ask(server)[0] == 200


def test_a_database_that_only_reads_is_seen(server: Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("ALTER ROLE onroll_app SET default_transaction_read_only = on")
        assert ask(server) == (503, said("cannot write"))
        admin.execute("ALTER ROLE onroll_app RESET default_transaction_read_only")


def test_whoever_else_writes_at_this_moment_makes_nothing_ill(server: Server) -> None:
    ask(server)
    with psycopg.connect(server.url()) as other:
        other.execute("SELECT 1 FROM onroll_cache WHERE cache_key = 'health' FOR UPDATE")
        assert ask(server)[0] == 200


def test_a_database_that_hangs_is_not_waited_for(server: Server) -> None:
    os.kill(first_process(server), signal.SIGSTOP)
    try:
        begun = time.monotonic()
        assert ask(server) == (503, said("does not answer"))
        assert time.monotonic() - begun < 30  # of which most is the start of a Python
    finally:
        os.kill(first_process(server), signal.SIGCONT)


def test_while_one_answer_hangs_the_next_is_not_waited_for_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    with health._one_at_a_time:
        assert health.look() == health.DOWN


def defer(in_: timedelta) -> None:
    at = timezone.now() + in_
    app.configure_task("tests.old", allow_unknown=True, schedule_at=at).defer()


@pytest.mark.django_db(transaction=True)
def test_the_age_of_the_oldest_job_is_told_and_late_from_the_limit_on(client: Client) -> None:
    defer(timedelta(minutes=-31))
    defer(timedelta(days=1))
    answer = client.get("/health/")
    told = answer.json()
    assert answer.status_code == 200
    assert (told["status"], told["database"]) == ("late", "ok")
    assert 31 * 60 <= told["oldest_job_seconds"] < 40 * 60
    with override_settings(LATE_MINUTES=60):
        assert client.get("/health/").json()["status"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_today_says_the_same_age_to_who_runs_the_service_and_a_sentence_to_officers(
    client: Client, people: People
) -> None:
    assert "Work is late" not in today(client, people.olive)
    defer(timedelta(minutes=-125))
    minutes = client.get("/health/").json()["oldest_job_seconds"] // 60
    assert minutes in (125, 126)
    assert "Work is late: the oldest job has waited for 2 hours." in today(client, people.olive)
    of_ari = today(client, people.ari)
    assert f"{minutes}minutes the oldest job has waited" in of_ari
    assert "Work is late" not in of_ari


def today(client: Client, person: User) -> str:
    client.force_login(person)
    page = html.fromstring(client.get("/today/").content)
    return " ".join(page.find(".//main").text_content().split())
