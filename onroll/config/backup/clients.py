"""PostgreSQL's own programs for dumping and restoring, and how they reach a database."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from onroll.config import programs
from onroll.config.backup.manifest import BackupError
from onroll.config.database import verified


def program(name: str, *, at_least: int) -> Path:
    """Return a program of at least a major version: Onroll's own, or the machine's.

    `pg_dump` cannot dump a server newer than itself, nor `pg_restore` read a newer one's dump.
    """
    newest = 0
    for path in _candidates(name):
        newest = max(newest, major(path))
        if major(path) >= at_least:
            return path
    raise BackupError(
        f"This needs {name} of PostgreSQL {at_least}, and here is {newest}: install the client"
        f" programs of PostgreSQL {at_least}."
    )


def _candidates(name: str) -> Iterator[Path]:
    yield programs.folder() / name
    if path := shutil.which(name):
        yield Path(path)


def major(path: Path) -> int:
    """Run a program of PostgreSQL for its major version, and return it; 0 if it names none."""
    output = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"(\d+)(\.\d+|devel|beta|rc)", output)
    return int(match[1]) if match else 0


def secure(url: str) -> str:
    """Return an address with which a server on the network must show a certificate that is valid.

    What the address itself says of certificates stays. The service connects in the same way.
    """
    return make_conninfo("", **verified(conninfo_to_dict(url)))


def reach(url: str) -> tuple[list[str], dict[str, str]]:
    """Return the options and the environment with which a program reaches a database.

    The password goes into the environment, since everyone on a machine can read command lines.
    """
    parts = dict(conninfo_to_dict(secure(url)))
    password = parts.pop("password", None)
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    return ["--no-password", "--dbname", make_conninfo("", **parts)], environment


def why(program_: Path, output: bytes) -> str:
    """Return a failed program's own message, in one line."""
    lines = [line for line in output.decode("utf-8", errors="replace").splitlines() if line.strip()]
    words = lines[0].removeprefix(f"{program_.name}: error: ") if lines else "it said nothing"
    return f"{program_.name}: {words}"
