"""Web and worker side by side: started and stopped together, started again when one falls over."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from onroll.config import jobs
from onroll.config.processes import die_with_parent

TOO_SOON = 5  # seconds; a process that ends sooner than this would only end again
SWEEP_EVERY = 30
PATIENCE = 40  # longer than a worker waits for its jobs
Child = subprocess.Popen[bytes]

log = structlog.get_logger()


def onroll(*arguments: str) -> list[str]:
    """Return the command line that runs `onroll` with these arguments in this very environment."""
    return [sys.executable, "-m", "onroll.config.command", *arguments]


def serve(commands: dict[str, list[str]], *, database_url: str) -> int:
    """Run commands by name until told to stop; return 0, or 1 when one of them cannot stay up."""
    with _told_to_stop() as stop:
        children = {name: _start(command) for name, command in commands.items()}
        started = dict.fromkeys(children, time.monotonic())
        swept = time.monotonic()
        try:
            while not stop.wait(0.5):
                for name in [name for name, child in children.items() if child.poll() is not None]:
                    log.error("ended", process=name, code=children[name].returncode)
                    if time.monotonic() - started[name] < TOO_SOON:
                        return 1
                    children[name], started[name] = _start(commands[name]), time.monotonic()
                if time.monotonic() - swept > SWEEP_EVERY:
                    _sweep(lambda: jobs.retry_stalled(database_url))
                    swept = time.monotonic()
        finally:
            _stop(list(children.values()))
    return 0


def _sweep(retry_stalled: Callable[[], int]) -> None:
    try:
        count = retry_stalled()
    except Exception:  # the database may be away for a moment; the next sweep tries again
        log.exception("no sweep")
    else:
        if count:
            log.warning("jobs of a dead worker put back", jobs=count)


def _start(command: list[str]) -> Child:
    return subprocess.Popen(
        command, env=os.environ, start_new_session=True, preexec_fn=die_with_parent
    )


def _stop(children: list[Child]) -> None:
    for child in children:
        child.send_signal(signal.SIGTERM)
    ends = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(timeout=max(0.1, ends - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
