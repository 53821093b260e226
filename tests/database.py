"""A database with all its tables, made once for each state of the migrations and then copied.

Django takes seconds to make the tables; a copy of the data folder takes a fraction of one.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time

from onroll.config import postgres, programs, roles
from onroll.config.postgres import Server
from onroll.config.supervisor import onroll

CHECKOUT = Path(__file__).resolve().parents[1]
KEPT_IN = CHECKOUT / ".make"
A_DAY = 24 * 60 * 60
MAKERS = ("onroll/*/migrations/*", "onroll/config/[pr]*.py", "requirements/*.txt")
"""The files that decide what the tables are like."""


@contextmanager
def migrated() -> Iterator[Server]:
    """Give a server of one's own whose database `onroll` has every table, and no row of ours."""
    with postgres.ephemeral(template=template()) as server:
        yield server


def template() -> Path:
    """Return the data folder of a server that was stopped, made when this is the first to ask."""
    folder = KEPT_IN / f"database-{_fingerprint()}"
    programs.make_folder(KEPT_IN)
    with programs.open_lock(KEPT_IN / "database.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _make(folder)
            _clear_away_old(folder)
    return folder


def _clear_away_old(newest: Path) -> None:
    """Delete the folders of migrations as they were, but none that another run may be copying."""
    for old in KEPT_IN.glob("database-*"):
        if old != newest and time() - old.stat().st_mtime > A_DAY:
            shutil.rmtree(old)


def _make(folder: Path) -> None:
    part = folder.with_name("part-of-a-database")
    shutil.rmtree(part, ignore_errors=True)
    with postgres.ephemeral() as server:
        urls = {"DATABASE_URL": server.url(), "DATABASE_OWNER_URL": server.url(roles.OWNER)}
        command = onroll("migrate")
        subprocess.run(command, env=os.environ | urls, check=True, stdout=subprocess.DEVNULL)
        postgres.stop(int((server.data / "postmaster.pid").read_text().split()[0]))
        shutil.copytree(server.data, part)
    part.rename(folder)


def _fingerprint() -> str:
    """Return what is another as soon as a file that decides on the tables is another."""
    total = hashlib.sha256()
    for path in sorted(path for maker in MAKERS for path in CHECKOUT.glob(maker)):
        if path.is_file() and path.suffix != ".pyc":
            total.update(path.read_bytes())
    return total.hexdigest()[:16]


if __name__ == "__main__":  # `make tables`
    import tests.environment  # noqa: F401  # it sets the environment that all tests have

    template()
