"""The service that is to be killed: `onroll demo` on data of its own, started as anyone would."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from bench.kill.load import wait
from onroll.config.postgres import Server
from onroll.config.processes import dying_with_us
from onroll.config.programs import copy_folder, make_folder
from onroll.config.supervisor import onroll

SLOW_TO_BUILD = 600  # seconds


@dataclass(frozen=True)
class Service:
    """A running demo: its first process, where it answers, its data and what it wrote."""

    process: "subprocess.Popen[bytes]"
    root: str
    data: Path
    log: Path

    @property
    def server(self) -> Server:
        """The database it brought."""
        return Server(self.data / "demo")

    @property
    def environment(self) -> dict[str, str]:
        """What a command is to be told so that it works on this service's data."""
        return {**os.environ, "ONROLL_DATA": str(self.data), "ONROLL_MODE": "demo"}

    def is_well(self) -> bool:
        """Say whether it answers."""
        with suppress(URLError, OSError), urlopen(f"{self.root}/health/", timeout=5) as page:
            return bool(page.status == 200)
        return False

    def processes(self) -> list[psutil.Process]:
        """Return every process that belongs to it, the database's too."""
        return [
            process
            for process in psutil.process_iter(["environ", "cmdline"])
            if str(self.data) in " ".join(process.info["cmdline"] or [])
            or (process.info["environ"] or {}).get("ONROLL_DATA") == str(self.data)
        ]


@contextmanager
def served(*, pupils: int, weeks: int, tables: Path | None = None) -> Iterator[Service]:
    """Build a borough and give the service that shows it; all is gone afterwards.

    `tables` is the data folder of a stopped server that has every table; without it they are made.
    """
    data = Path(tempfile.mkdtemp(prefix="onroll-kill-"))
    data.chmod(0o711)  # started by root, the database runs as somebody else
    if tables:
        make_folder(data / "demo")
        copy_folder(tables, Server(data / "demo").data)
    port, log = _free_port(), data / "log"
    with log.open("wb") as file:
        size = (f"--pupils={pupils}", f"--weeks={weeks}")
        process = subprocess.Popen(
            onroll("demo", "--port", str(port), *size),
            env={**os.environ, "ONROLL_DATA": str(data), "ONROLL_WEB_PROCESSES": "2"},
            stdout=file,
            stderr=file,
            start_new_session=True,
            preexec_fn=dying_with_us(signal.SIGTERM),
        )
    service = Service(process, f"http://127.0.0.1:{port}", data, log)
    try:
        wait(lambda: process.poll() is not None or service.is_well(), seconds=SLOW_TO_BUILD)
        if not service.is_well():
            raise RuntimeError(log.read_text("utf-8", errors="replace")[-2000:])
        yield service
    finally:
        process.kill()
        process.wait()
        wait(lambda: not service.processes(), seconds=60)
        shutil.rmtree(data, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
