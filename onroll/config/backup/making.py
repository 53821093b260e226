"""`onroll backup FILE`: the whole database in one file, as it was at one moment."""

import hashlib
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import psycopg

from onroll import __version__
from onroll.config.backup import counting
from onroll.config.backup.clients import major, program, reach, secure, why
from onroll.config.backup.manifest import DUMP, MANIFEST, BackupError, Content, Manifest
from onroll.config.backup.restoring import is_backup

CHUNK = 1 << 20


def make(owner_url: str, file: Path, *, at: datetime) -> Manifest:
    """Write a backup while the service runs, with the owner's rights.

    The file appears, readable by its owner alone, once it is complete and on the disk; a backup of
    that name stays until then. Raises BackupError.
    """
    if file.exists() and not is_backup(file):
        raise BackupError(f"{file} is there already and is no backup; name another file.")
    with psycopg.connect(secure(owner_url)) as connection, _new(file) as target:
        counting.prepare(connection)
        connection.commit()
        numbers = counting.sequences(connection)  # before the dump: none is lost, some are skipped
        connection.commit()
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables = counting.tables(connection)
        if not tables:
            raise BackupError("There is nothing to back up: the database has no tables.")
        server = connection.info.server_version // 10_000
        dump = program("pg_dump", at_least=server)
        with zipfile.ZipFile(target, "w") as archive:
            sha256, size = _dump(connection, dump, owner_url, archive)
            manifest = Manifest(
                made_at=at.isoformat(timespec="seconds"),
                onroll=__version__,
                server=server,
                program=major(dump),
                sha256=sha256,
                size=size,
                content=Content(
                    tables=tables,
                    schema=counting.schema(owner_url, server),
                    sequences=numbers,
                    roles=counting.our_roles(connection),
                ),
            )
            archive.writestr(MANIFEST, manifest.packed())
    return manifest


def _dump(
    connection: psycopg.Connection, dump: Path, url: str, archive: zipfile.ZipFile
) -> tuple[str, int]:
    """Write the dump of the same snapshot that was counted into the archive."""
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None
    options, environment = reach(url)
    digest, size = hashlib.sha256(), 0
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            [dump, "--format=custom", f"--snapshot={row[0]}", *options],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process,
        archive.open(DUMP, "w", force_zip64=True) as member,
    ):
        assert process.stdout is not None
        while chunk := process.stdout.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            member.write(chunk)
        if process.wait():
            errors.seek(0)
            raise BackupError(why(dump, errors.read()))
    return digest.hexdigest(), size


@contextmanager
def _new(file: Path) -> Iterator[IO[bytes]]:
    """Yield a file that gets its name only once it is complete and on the disk."""
    try:
        number, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # mode 0600
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}.") from None
    try:
        with open(number, "wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        os.replace(name, file)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}.") from None
    finally:
        Path(name).unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
