"""The `onroll` command, as one types it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from onroll import __version__
from onroll.config import supervisor
from onroll.config.command import main
from tests.waiting import until

ONROLL = [sys.executable, "-m", "onroll.config.command"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as page:
            return bool(page.read() == b'{"database": "ok"}')
    except OSError:
        return False


def test_it_says_its_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"onroll {__version__}\n"


def test_a_wrong_command_is_answered_with_code_2(capsys):
    with pytest.raises(SystemExit) as end:
        main(["serv"])
    assert end.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_migrating_without_the_owners_address_is_refused_in_a_sentence(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://onroll_app@db.example/onroll")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    assert main(["migrate"]) == 1
    assert "Set DATABASE_OWNER_URL" in capsys.readouterr().err


def test_the_demo_keeps_off_a_database_that_is_not_a_demo(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://onroll_app@db.example/onroll")
    monkeypatch.setenv("ONROLL_MODE", "test")
    monkeypatch.setenv("ONROLL_SECRET_KEY", "x" * 60)
    assert main(["demo"]) == 1
    assert "only uses a database with `demo` in its name" in capsys.readouterr().err


def test_the_first_person_is_added_by_a_command_that_help_names(capsys, monkeypatch):
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "person" in capsys.readouterr().out
    monkeypatch.setenv("DATABASE_URL", "postgresql://onroll_app@db.example/onroll")
    assert main(["person", "--help"]) == 0
    assert "disable" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["web", "serve"])
def test_no_command_opens_the_demos_sign_in_to_a_database_that_is_not_a_demo(
    command, capsys, monkeypatch
):
    """One variable set by mistake must not open a real register to everybody."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://onroll_app@db.example/onroll")
    monkeypatch.setenv("ONROLL_MODE", "demo")
    assert main([command]) == 1
    assert "only uses a database with `demo` in its name" in capsys.readouterr().err


def test_checking_files_needs_no_django():
    code = (
        "import sys; from onroll.config.command import main\n"
        "try: main(['check', 'nothing-there.xml'])\n"
        "except SystemExit: pass\n"
        "assert 'onroll.formats.check' in sys.modules\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.django_db(transaction=True)
def test_web_and_worker_run_together_and_stop_together(app_url, tmp_path: Path):
    port = free_port()
    log = (tmp_path / "log").open("w+")
    service = subprocess.Popen(
        [*ONROLL, "serve", "--port", str(port)],
        env={**os.environ, "DATABASE_URL": app_url, "ONROLL_WEB_PROCESSES": "1"},
        stdout=log,
        stderr=log,
    )
    try:
        until(lambda: answers(port))
        until(lambda: "Starting worker" in Path(log.name).read_text())
        service.send_signal(signal.SIGTERM)
        assert service.wait(timeout=60) == 0
    finally:
        service.kill()
        service.wait()
        log.close()
    assert "Stopped worker" in Path(log.name).read_text()
    assert not answers(port)


def test_a_process_that_falls_over_is_started_again(tmp_path: Path):
    starts = tmp_path / "starts"
    lasting = (
        "import os, signal, pathlib as p\n"
        f"p.Path({str(starts)!r}).open('a').write(f'{{os.getpid()}}\\n')\n"
        "signal.pause()"
    )
    code = (
        "import sys; from onroll.config import supervisor as s; s.TOO_SOON = 0\n"
        f"sys.exit(s.serve({{'web': [sys.executable, '-c', {lasting!r}]}}, database_url=''))"
    )
    service = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    until(lambda: starts.exists() and starts.read_text().count("\n") == 1)
    os.kill(int(starts.read_text()), signal.SIGKILL)
    until(lambda: starts.read_text().count("\n") == 2)
    service.terminate()
    assert service.wait(timeout=60) == 0


def test_web_and_worker_do_not_outlive_a_service_that_was_killed(tmp_path: Path):
    started = tmp_path / "started"
    lasting = (
        "import os, signal, pathlib as p\n"
        f"p.Path({str(started)!r}).write_text(str(os.getpid()))\n"
        "signal.pause()"
    )
    code = (
        "import sys; from onroll.config import supervisor as s\n"
        f"s.serve({{'web': [sys.executable, '-c', {lasting!r}]}}, database_url='')"
    )
    service = subprocess.Popen([sys.executable, "-c", code])
    until(lambda: started.exists() and started.read_text())
    child = psutil.Process(int(started.read_text()))
    service.kill()
    service.wait()
    until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_when_one_process_cannot_stay_up_the_service_ends():
    lasting = [sys.executable, "-c", "import signal; signal.pause()"]
    failing = [sys.executable, "-c", "raise SystemExit(3)"]
    assert supervisor.serve({"web": lasting, "worker": failing}, database_url="") == 1


def test_the_demo_says_how_it_is_used_and_starts_nothing(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--help"])
    assert ended.value.code == 0
    assert "--check" in capsys.readouterr().out
