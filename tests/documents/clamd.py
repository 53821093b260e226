"""ClamAV's own daemon, started for a test on a socket of its own, with one signature."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from onroll.documents import queries
from onroll.documents.models import ScannerState
from tests import waiting

VIRUS = b"ONROLL-TEST-VIRUS"
"""What the one signature looks for: letters that do nothing."""
NAME = "Onroll.Test.UNOFFICIAL"
MEGABYTE = 1024 * 1024
CONFIGURATION = """
Foreground yes
LocalSocket {home}/clamd.sock
DatabaseDirectory {home}/signatures
TemporaryDirectory {home}
StreamMaxLength 3M
MaxFileSize 1M
MaxScanSize 1M
AlertExceedsMax yes
"""


class Clamd:
    """A daemon in a folder; it can be stopped, left hanging, and started again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.socket = f"{home}/clamd.sock"
        signatures = home / "signatures"
        signatures.mkdir()
        (signatures / "tests.ndb").write_text(f"Onroll.Test:0:*:{VIRUS.hex()}\n")
        (home / "clamd.conf").write_text(CONFIGURATION.format(home=home))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it where it does not run; its socket answers some moments later."""
        if self.process is None:
            command = [program(), f"--config-file={self.home}/clamd.conf"]
            with (self.home / "log").open("ab") as log:
                self.process = subprocess.Popen(command, stdout=log, stderr=log)

    def stop(self) -> None:
        """Stop it, hanging or not."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def hang(self) -> None:
        """Let it take connections and say nothing."""
        assert self.process
        os.kill(self.process.pid, signal.SIGSTOP)


def program() -> str:
    """Return where clamd is; fail in a sentence where it is not installed."""
    places = f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"
    found = shutil.which("clamd", path=places)
    if found is None:
        pytest.fail("clamd is not installed: `make scanner` (Debian's package clamav-daemon).")
    return found


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clamd]:
    """Give one daemon to all tests of a process."""
    daemon = Clamd(tmp_path_factory.mktemp("clamd"))
    yield daemon
    daemon.stop()


@pytest.fixture
def scanner(clamd: Clamd, settings) -> Iterator[Clamd]:
    """Give a daemon that answers, and settings that name it; a test may stop it."""
    settings.CLAMD, settings.CLAMD_MAX_SIZE = clamd.socket, 3 * MEGABYTE
    clamd.start()
    answers()
    yield clamd
    clamd.stop()


def answers() -> None:
    """Wait until the daemon answers."""
    waiting.until(lambda: queries.scanner_state() is ScannerState.OK)
