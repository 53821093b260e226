"""The keeper of the embedded database: starts it, starts it again, stops it when nobody needs it.

`python -m onroll.config.keeper FOLDER`, started by the first `onroll` process that needs the server
(postgres.py) and belonging to none: it goes when the last of them is gone. What it says goes to
the server's own log. The server dies with its keeper; `onroll serve` then starts another.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onroll.config import postgres
from onroll.config.postgres import Server
from onroll.config.processes import Part, Process, told_to_stop
from onroll.config.programs import open_lock, try_lock

LOOKS_EVERY = 0.2  # seconds


def main(home: str) -> int:
    """Keep the server of a folder up; return 1 when it cannot be started at all."""
    server = Server(Path(home))
    with told_to_stop() as stop, open_lock(server.home / "keeper.lock") as lock:
        while not try_lock(lock):  # another keeper is there, or somebody asks whether one is
            if stop.wait(LOOKS_EVERY) or not postgres.is_used(server):
                return 0
        return _keep(server, stop)


def _keep(server: Server, stop: threading.Event) -> int:
    part = Part(lambda: _start(server), _say)
    part.tend(time.monotonic())
    if part.process is None or not postgres.answers(server, part.process):
        return 1
    while not stop.wait(LOOKS_EVERY) and server.home.exists():
        with _unused(server) as is_unused:
            if is_unused:
                return _stop(part.process)
        part.tend(time.monotonic())
    return _stop(part.process)


def _start(server: Server) -> Process:
    postgres.clear_away(server)
    return postgres.spawn(server, (postgres.buffers(),))


def _stop(process: Process | None) -> int:
    if process is not None:
        postgres.stop(process.pid)
        process.wait()
    return 0


@contextmanager
def _unused(server: Server) -> Iterator[bool]:
    """Say whether nobody uses the server; while that is so, nobody can begin to."""
    with (
        open_lock(server.home / "start.lock") as start,
        open_lock(server.home / "use.lock") as use,
    ):
        yield try_lock(start) and try_lock(use)


def _say(code: int | None) -> None:
    moment = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    event = "could not be started" if code is None else f"ended ({code})"
    sys.stderr.write(f"{moment} UTC keeper: the server {event}; it is started again.\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
