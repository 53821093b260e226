"""Web, worker and database side by side: stopped together, each started again when it ends."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial

import structlog

from onroll.config import jobs
from onroll.config.processes import Part, Process, dying_with_us, told_to_stop

LOOKS_EVERY, SWEEPS_EVERY = 0.2, 30.0  # seconds
PATIENCE = 40.0  # seconds to stop in; longer than a worker waits for its jobs, and a page may take

log = structlog.get_logger()


def onroll(*arguments: str) -> list[str]:
    """Return the command line that runs `onroll` with these arguments in this very environment."""
    return [sys.executable, "-m", "onroll.config.command", *arguments]


def serve(
    commands: Mapping[str, Sequence[str]],
    *,
    database_url: str,
    keep_database: Callable[[], Process | None] | None = None,
    pass_fds: Sequence[int] = (),
) -> int:
    """Keep commands, by name, up until told to stop; return 0.

    A command that ends is started again, after a pause that grows while it keeps ending soon. So is
    the database's keeper, where `keep_database` says how. `pass_fds` are handed on to all.
    """
    parts = {
        name: Part(partial(_start, command, pass_fds), partial(_tell, name))
        for name, command in commands.items()
    }
    if keep_database:
        parts = {"database": Part(keep_database, partial(_tell, "database")), **parts}
    with told_to_stop() as stop:
        threading.Thread(target=_sweep, args=(stop, database_url), daemon=True).start()
        try:
            while True:
                for part in parts.values():
                    part.tend(time.monotonic())
                if stop.wait(LOOKS_EVERY):
                    return 0
        finally:
            stop.set()
            _stop([p for name in commands if (p := parts[name].process) is not None])


def _tell(name: str, code: int | None) -> None:
    log.error("ended", process=name, code=code)


def _start(command: Sequence[str], pass_fds: Sequence[int]) -> Process:
    return subprocess.Popen(
        command,
        env=os.environ,
        pass_fds=pass_fds,
        start_new_session=True,  # Ctrl-C is for us, and we stop it
        preexec_fn=dying_with_us(),
    )


def _stop(children: Sequence[Process]) -> None:
    """Ask all to stop and wait; whoever hangs is ended, and its own children die with it."""
    for child in children:
        child.send_signal(signal.SIGTERM)
    ends = time.monotonic() + PATIENCE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.1, ends - time.monotonic()))
        if child.poll() is None:
            log.error("does not stop and is ended", pid=child.pid)
            child.kill()
            child.wait()


def _sweep(stop: threading.Event, database_url: str) -> None:
    """Put the jobs of dead workers back, now and then; a database that hangs holds up only this."""
    while not stop.wait(SWEEPS_EVERY):
        try:
            count = jobs.retry_stalled(database_url)
        except Exception:  # the database may be away for a moment; the next sweep tries again
            log.exception("no sweep")
        else:
            if count:
                log.warning("jobs of a dead worker put back", jobs=count)
