"""PostgreSQL without installing it: the server programs of a wheel, run from a folder of our own.

The server listens on a socket in a private folder and on no network address. A process of its own,
the keeper (keeper.py), starts it again when it ends, and stops it when the last `onroll` process
that uses it has ended, however that ended. `DATABASE_URL` points to another server instead.

Three locks in the folder say who is there: `use.lock` is shared by those who use the server,
`keeper.lock` is the keeper's, `start.lock` is held while somebody arrives or the keeper leaves.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from onroll.config import programs, roles
from onroll.config.processes import dying_with_us
from onroll.config.programs import ServerError, open_lock, short_hash, try_lock

CHECKOUT = Path(__file__).resolve().parents[2]
SOCKET_PATH_LIMIT = 100  # the kernel allows 107 bytes on Linux and 103 on macOS
SLOW_TO_START = 60  # seconds; a server that was killed first reads its log again
STOPS = ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))
"""How the server is stopped, and the seconds each way is given: PostgreSQL's fast shutdown, which
ends sessions and writes everything down; its immediate one, after which it reads its log again; and
the end of patience."""
NO_ROWS_IN_LOG = ("log_error_verbosity=terse", "log_min_error_statement=panic")
BUFFERS = 128 << 20, 8 << 30
"""Of the machine's memory a quarter is PostgreSQL's own, as its makers advise; never less nor more
than this. What no query touches is not taken."""
LIMIT = Path("/sys/fs/cgroup/memory.max")
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
Process = subprocess.Popen[bytes]
_keepers: list[Process] = []
"""Those this process started."""


@dataclass(frozen=True)
class Server:
    """A place on disk for one database server, and how to reach it once it runs."""

    home: Path

    @property
    def data(self) -> Path:
        """The folder PostgreSQL keeps its files in."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The file in which it says what happened to it."""
        return self.home / "postgres.log"

    @property
    def socket(self) -> Path:
        """The folder of the socket: beside the data, or under /tmp when that path is too long."""
        beside = self.home / "socket"
        if len(os.fsencode(beside / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
            return beside
        return Path("/tmp") / f"onroll-{os.getuid()}-{short_hash(self.home)}"

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
    return Path(f"/var/lib/onroll-{short_hash(top)}") if os.getuid() == 0 else top / ".data"


@contextmanager
def running(home: Path | None = None) -> Iterator[Server]:
    """Give a running server with the roles and database `onroll`; the last to leave stops it."""
    server = Server(home or default_home())
    programs.make_folder(server.home)
    with open_lock(server.home / "use.lock") as in_use:
        with _start_lock(server):
            fcntl.flock(in_use, fcntl.LOCK_SH)
            keeper = _see_to(server)
            roles.set_up(server.url("postgres", "postgres"), database="onroll")
        try:
            yield server
        finally:
            fcntl.flock(in_use, fcntl.LOCK_UN)
            is_left = _until(lambda: not is_kept(server) or is_used(server), seconds=_patience())
            take_ended_keepers_away()
            if keeper:
                keeper.returncode = keeper.returncode or 0  # or it goes on, for others
    if not is_left:
        raise ServerError(f"The database in {server.home} does not stop.")


def _patience() -> float:
    return 5 + sum(seconds for _, seconds in STOPS)


def take_ended_keepers_away() -> None:
    """Leave no zombie of a keeper that this process started and that has ended."""
    _keepers[:] = [keeper for keeper in _keepers if keeper.poll() is None]


def _see_to(server: Server) -> Process | None:
    """Have a keeper and a server that answers; return the keeper when it had none before."""
    keeper: Process | None = None

    def is_ready() -> bool:
        nonlocal keeper
        if is_kept(server):
            return is_up(server)
        keeper = keeper or start_keeper(server)
        return _has_ended(keeper)

    _until(is_ready, seconds=SLOW_TO_START)
    if _has_ended(keeper) or not is_up(server):
        raise ServerError(f"The database did not start; {server.log} says why.")
    return keeper


def _has_ended(process: Process | None) -> bool:
    return process is not None and process.poll() is not None


def start_keeper(server: Server) -> Process:
    """Start the process that keeps the server up, and return without waiting."""
    prepare(server)
    with server.log.open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "onroll.config.keeper", str(server.home)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for us, and it may have to outlast us
        )
    _keepers.append(keeper)
    return keeper


def is_kept(server: Server) -> bool:
    """Say whether a keeper is there."""
    with open_lock(server.home / "keeper.lock") as lock:
        return not try_lock(lock, fcntl.LOCK_SH)


def is_used(server: Server) -> bool:
    """Say whether anyone uses the server; the keeper, who locks them out as it leaves, does not."""
    with open_lock(server.home / "use.lock") as lock:
        return not try_lock(lock) and try_lock(lock, fcntl.LOCK_SH)


@contextmanager
def ephemeral(place: Path | None = None, *, template: Path | None = None) -> Iterator[Server]:
    """Give a server for a while: careless of power cuts, gone when this process is.

    Its folder is `place`, which is made, or one of the machine's for such things. It is empty, or
    begins with a copy of `template`, the data folder of a server that was stopped.
    """
    if place:
        programs.make_folder(place.parent)
        place.mkdir()
    home = place or Path(tempfile.mkdtemp(prefix="onroll-test-"))
    server = Server(home)
    try:
        home.chmod(0o711)
        if template:
            programs.copy_folder(template, server.data)
        prepare(server)
        process = spawn(server, settings=FAST_AND_FORGETFUL)
        try:
            if not answers(server, process):
                raise ServerError(f"The database did not start; {server.log} says why.")
            roles.set_up(server.url("postgres", "postgres"), database="onroll")
            yield server
        finally:
            stop(process.pid)
            process.wait(timeout=10)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def prepare(server: Server) -> None:
    """Make the folders, and the files of the database where there are none yet."""
    binaries = programs.folder()
    if not (server.data / "PG_VERSION").exists():
        _initialise(server, binaries)
    programs.own_folder(server.socket)


def spawn(server: Server, settings: tuple[str, ...] = ()) -> Process:
    """Start the server, which ends when this process does, and return without waiting."""
    options = [
        f"unix_socket_directories={server.socket}",
        "listen_addresses=",
        *NO_ROWS_IN_LOG,
        *settings,
    ]
    program = programs.folder() / "postgres"
    with server.log.open("ab") as log:
        return subprocess.Popen(
            [program, "-D", server.data, *(x for option in options for x in ("-c", option))],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=server.data.parent,
            start_new_session=True,  # Ctrl-C is for us; we stop it when all are done
            preexec_fn=dying_with_us(signal.SIGQUIT),
            **programs.as_server_user(),
        )


def answers(server: Server, process: Process) -> bool:
    """Wait until a server that was started answers, and say whether it does."""
    _until(lambda: _has_ended(process) or is_up(server), seconds=SLOW_TO_START)
    return not _has_ended(process) and is_up(server)


def buffers() -> str:
    """Return the setting `shared_buffers=…MB`: a quarter of the memory of machine or container.

    It is kept within `BUFFERS`.
    """
    memory = psutil.virtual_memory().total
    limit = LIMIT.read_text("ascii").strip() if LIMIT.exists() else "max"
    if limit.isdigit():
        memory = min(memory, int(limit))
    least, most = BUFFERS
    return f"shared_buffers={min(max(memory // 4, least), most) >> 20}MB"


def _initialise(server: Server, binaries: Path) -> None:
    shutil.rmtree(server.data, ignore_errors=True)  # what an interrupted first start left behind
    programs.own_folder(server.data)
    done = subprocess.run(
        [
            *(binaries / "initdb", "-D", server.data, "--username=postgres", "--encoding=UTF8"),
            *("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--auth-local=trust", "--auth-host=reject", "--no-instructions", "--no-sync"),
        ],
        capture_output=True,
        text=True,
        cwd=server.data.parent,
        check=False,
        **programs.as_server_user(),
    )
    if done.returncode:
        raise ServerError(f"The database could not be made in {server.data}: {done.stderr.strip()}")


def stop(pid: int) -> None:
    """Stop a server by the number of its process, in the end by force."""
    for number, seconds in STOPS:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        if _until(lambda: not _is_postgres(pid), seconds=seconds):
            return
    raise ServerError(f"The database (process {pid}) does not stop.")


def clear_away(server: Server) -> None:
    """End what an earlier server left running, and remove its locks.

    After the death of its first process the others end by themselves, but one that is deep in a
    query, or stopped, would keep the next server from starting.
    """
    with suppress(FileNotFoundError, ValueError):
        first = int((server.data / "postmaster.pid").read_text().split("\n", 1)[0])
        if first in _processes(server):
            stop(first)
    if not _until(lambda: not _processes(server), seconds=3):
        for pid in _processes(server):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _until(lambda: not _processes(server), seconds=3)
    (server.data / "postmaster.pid").unlink(missing_ok=True)
    (server.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _processes(server: Server) -> list[int]:
    """Return the numbers of the processes that work on this server's files."""
    folder, pids = os.path.realpath(server.data), []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.name() == "postgres" and _is_alive(process) and process.cwd() == folder:
                pids.append(process.pid)
    return pids


def _is_postgres(pid: int) -> bool:
    try:
        process = psutil.Process(pid)
        return bool(_is_alive(process) and process.name() == "postgres")
    except psutil.NoSuchProcess:
        return False


def _is_alive(process: psutil.Process) -> bool:
    return bool(process.status() != psutil.STATUS_ZOMBIE)


def is_up(server: Server) -> bool:
    """Say whether the server answers."""
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


@contextmanager
def _start_lock(server: Server) -> Iterator[None]:
    """Wait for the lock under which a process comes to the server or its keeper leaves; hold it."""
    with open_lock(server.home / "start.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
