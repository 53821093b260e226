"""Ports for tests of the service, and whether it answers at one."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ONROLL = [sys.executable, "-m", "onroll.config.command"]


def free_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, *, patience: float = 5) -> bool:
    """Say whether the service at a port is well, and says so within so many seconds."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=patience) as page:
            return bool(page.status == 200)
    except OSError:
        return False


@contextmanager
def started(*arguments: str, log: Path, **environment: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Give an `onroll` process that writes into a file; it is killed if it is still there."""
    with log.open("ab") as file:
        process = subprocess.Popen(
            [*ONROLL, *arguments],
            env={**os.environ, "ONROLL_WEB_PROCESSES": "2", **environment},
            stdout=file,
            stderr=file,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
