"""One program at a port, and every other is refused in a sentence before it begins anything."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from onroll.config import port
from onroll.config.command import main
from tests.config.ports import ONROLL, answers, free_port, started
from tests.waiting import until

IN_USE = "Port {} is in use by another program. Choose another with --port.\n"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", ["demo", "serve", "web"])
def test_a_second_start_at_a_port_is_refused_before_it_begins_anything(
    app_url: str, tmp_path: Path, command: str
) -> None:
    """Both used to start, and a demo without passwords answered half of production's visitors."""
    number, empty = free_port(), tmp_path / "data"
    with started("web", "--port", str(number), log=tmp_path / "log", DATABASE_URL=app_url):
        until(lambda: answers(number))
        second = subprocess.run(
            [*ONROLL, command, "--port", str(number)],
            env={**os.environ, "ONROLL_DATA": str(empty)},
            capture_output=True,
            text=True,
            check=False,
            timeout=5,
        )
        assert (second.returncode, second.stderr) == (1, IN_USE.format(number))
        assert not empty.exists()
        assert answers(number)


@pytest.mark.django_db(transaction=True)
def test_of_two_that_start_at_once_one_has_the_port(app_url: str, tmp_path: Path) -> None:
    number, logs = str(free_port()), [tmp_path / "one", tmp_path / "two"]
    with (
        started("web", "--port", number, log=logs[0], DATABASE_URL=app_url) as one,
        started("web", "--port", number, log=logs[1], DATABASE_URL=app_url) as two,
    ):
        until(lambda: one.poll() is not None or two.poll() is not None)
        until(lambda: answers(int(number)))
        assert sorted([str(one.poll()), str(two.poll())]) == ["1", "None"]
        assert IN_USE.format(number) in [log.read_text() for log in logs]


def test_a_port_another_program_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]
        assert main(["serve", "--port", str(number)]) == 1
    assert capsys.readouterr().err == IN_USE.format(number)


def test_nobody_else_can_share_the_port() -> None:
    with port.listen("127.0.0.1", free_port()) as ours, socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with pytest.raises(OSError, match="in use"):
            other.bind(ours.getsockname())


def test_a_port_is_free_again_at_once(tmp_path: Path) -> None:
    """Connections of the run before linger for a minute, and are no other program."""
    with port.listen("127.0.0.1", 0) as first:
        number = first.getsockname()[1]
        visitor = socket.create_connection(("127.0.0.1", number))
        seen, _ = first.accept()
        seen.close()  # the side that closes first lingers
        visitor.close()
    port.listen("127.0.0.1", number).close()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (["--host", "no.such.host.invalid"], "is not the name or address of this machine"),
        (["--host", "192.0.2.1"], "This machine does not have the address 192.0.2.1"),
    ],
)
def test_a_bad_address_is_refused_in_a_sentence(
    address: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--port", str(free_port()), *address]) == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert told.endswith("Choose another with --host.\n")


def test_a_port_of_the_administrator_is_refused_in_a_sentence() -> None:
    code = (
        "import encodings.idna, os, sys, onroll.config.service\n"
        "from onroll.config.command import main\n"
        "os.getuid() or os.setuid(65534)\n"
        "sys.exit(main(['serve', '--port', '80']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "Port 80 is for the administrator of this machine only. Choose one above 1023 with"
        " --port.\n"
    )


def test_an_address_of_the_newer_kind_is_shown_as_browsers_take_it() -> None:
    assert port.url("::1", 8000) == "http://[::1]:8000/"


@pytest.mark.django_db(transaction=True)
def test_visitors_wait_while_the_web_server_starts_again(app_url: str, tmp_path: Path) -> None:
    """The socket is the supervisor's, so nobody is turned away meanwhile."""
    number = free_port()
    arguments = ("serve", "--port", str(number))
    with started(*arguments, log=tmp_path / "log", DATABASE_URL=app_url) as service:
        until(lambda: answers(number))
        web = _web(service.pid)
        everyone = [web, *web.children()]
        assert len(everyone) == 3
        web.kill()
        assert psutil.wait_procs(everyone, timeout=30)[1] == []
        assert answers(number, patience=60)
        assert _web(service.pid) != web
        service.terminate()
        assert service.wait(timeout=60) == 0


def _web(pid: int) -> psutil.Process:
    return next(child for child in psutil.Process(pid).children() if "web" in child.cmdline())
