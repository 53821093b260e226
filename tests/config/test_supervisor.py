"""Web, worker and database: each started again when it ends, and none left behind."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import psutil
import pytest

from onroll.config import programs
from onroll.config.postgres import Server
from onroll.config.processes import Part, Pauses
from tests import database
from tests.config.ports import answers, free_port, started
from tests.config.test_postgres import home
from tests.waiting import until

__all__ = ["home"]
LASTING = (
    "import os, signal, pathlib as p\n"
    "p.Path({file!r}).open('a').write(f'{{os.getpid()}}\\n')\n"
    "{before}signal.pause()"
)
STUBBORN = "signal.signal(signal.SIGTERM, signal.SIG_IGN); "


def supervised(*codes: str, before: str = "") -> "subprocess.Popen[bytes]":
    """Start a supervisor, in a process of its own, of Python code."""
    commands = {f"part {n}": [sys.executable, "-c", code] for n, code in enumerate(codes)}
    code = (
        f"import sys; from onroll.config import supervisor as s; {before}\n"
        f"sys.exit(s.serve({commands!r}, database_url=''))"
    )
    null = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-c", code], stdout=null, stderr=null)


def lasting(file: Path, before: str = "") -> str:
    return LASTING.format(file=str(file), before=before)


def starts(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def has_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_what_ends_is_started_again_and_the_rest_goes_on(tmp_path: Path) -> None:
    """One that ended within five seconds used to end everything."""
    failing, well = tmp_path / "failing", tmp_path / "well"
    fails = f"open({str(failing)!r}, 'a').write('1\\n'); raise SystemExit(3)"
    service = supervised(lasting(well), fails)
    until(lambda: len(starts(failing)) == 3)
    os.kill(starts(well)[0], signal.SIGKILL)
    until(lambda: len(starts(well)) == 2)
    service.terminate()
    assert service.wait(timeout=60) == 0
    assert has_gone(starts(well)[1])


def test_pauses_grow_up_to_half_a_minute_and_are_short_again_after_a_good_run() -> None:
    pauses = Pauses()
    assert [pauses.after(1) for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert pauses.after(10) == 0
    assert pauses.after(1) == 0.5


def test_what_cannot_be_started_is_tried_again_after_its_pause() -> None:
    told: list[int | None] = []

    def start() -> "subprocess.Popen[bytes]":
        raise OSError

    part = Part(start, told.append)
    for moment in (0.0, 0.4, 0.5, 0.9, 1.5):
        part.tend(moment)
    assert told == [None, None, None]


def test_whoever_does_not_stop_is_ended(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    service = supervised(lasting(pid, STUBBORN), before="s.PATIENCE = 1")
    until(lambda: starts(pid))
    service.terminate()
    assert service.wait(timeout=30) == 0
    assert has_gone(starts(pid)[0])


def test_what_is_supervised_does_not_outlive_a_service_that_was_killed(tmp_path: Path) -> None:
    """Also what ignores every polite request."""
    pid = tmp_path / "pid"
    stubborn = STUBBORN + "signal.signal(signal.SIGINT, signal.SIG_IGN); "
    service = supervised(lasting(pid, stubborn))
    until(lambda: starts(pid))
    service.kill()
    service.wait()
    until(lambda: has_gone(starts(pid)[0]))


@pytest.mark.django_db(transaction=True)
def test_the_processes_that_answer_pages_die_with_the_web_server(
    app_url: str, tmp_path: Path
) -> None:
    """They used to serve on, with the code, key and database of before."""
    number = free_port()
    with started("web", "--port", str(number), log=tmp_path / "log", DATABASE_URL=app_url) as web:
        until(lambda: answers(number))
        workers = psutil.Process(web.pid).children(recursive=True)
        assert len(workers) == 2
        web.kill()
        assert psutil.wait_procs(workers, timeout=10)[1] == []
        assert not answers(number)


@pytest.mark.django_db(transaction=True)
def test_web_and_worker_run_together_and_stop_together(app_url: str, tmp_path: Path) -> None:
    number, log = free_port(), tmp_path / "log"
    with started("serve", "--port", str(number), log=log, DATABASE_URL=app_url) as service:
        until(lambda: answers(number))
        until(lambda: "Starting worker" in log.read_text())
        service.send_signal(signal.SIGTERM)
        assert service.wait(timeout=60) == 0
    assert "Stopped worker" in log.read_text()
    assert not answers(number)


def test_each_of_the_three_is_killed_and_is_there_again(home: Path, tmp_path: Path) -> None:
    """Web, worker, and the database that Onroll brings: its first process, and its keeper."""
    number, log, server = free_port(), tmp_path / "log", Server(home / "test")
    programs.make_folder(server.home)
    programs.copy_folder(database.template(), server.data)
    with started("serve", "--port", str(number), log=log, ONROLL_DATA=str(home)) as service:
        until(lambda: answers(number), seconds=90)
        for part in ("web", "worker", "database", "keeper"):
            victim = _one(part, service.pid, server)
            victim.kill()
            until(partial(_is_there_again, part, service.pid, server, victim))
            until(lambda: answers(number))
        children = psutil.Process(service.pid).children()
        assert psutil.STATUS_ZOMBIE not in [child.status() for child in children]
        everyone = [process for part in PARTS if (process := _one(part, service.pid, server))]
        assert len(everyone) == 4
        service.kill()
        assert psutil.wait_procs(everyone, timeout=60)[1] == []


PARTS = ("web", "worker", "database", "keeper")


def _is_there_again(part: str, service: int, server: Server, victim: psutil.Process) -> bool:
    return _one(part, service, server) not in (None, victim)


def _one(part: str, service: int, server: Server) -> psutil.Process | None:
    with suppress(OSError, IndexError, psutil.NoSuchProcess):
        if part == "database":
            lines = (server.data / "postmaster.pid").read_text().split()
            process = psutil.Process(int(lines[0]))
            return process if process.name() == "postgres" else None  # or its number is another's
        if part == "keeper":
            every = (c for c in psutil.process_iter() if str(server.home) in _line(c))
            return next((c for c in every if "onroll.config.keeper" in _line(c)), None)
        children = psutil.Process(service).children()
        return next((child for child in children if part in _line(child)), None)
    return None


def _line(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []
