"""`onroll restore FILE`: restore a backup into an empty database, all of it or nothing."""

import hashlib
import subprocess
import tempfile
import zipfile
import zlib
from pathlib import Path

import psycopg
from psycopg import sql

from onroll import __version__
from onroll.config import roles
from onroll.config.backup import counting
from onroll.config.backup.clients import program, reach, secure, why
from onroll.config.backup.manifest import DUMP, MANIFEST, BackupError, Manifest, unpacked

CHUNK = 1 << 20
NOT_WHOLE = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError)


def is_backup(file: Path) -> bool:
    """Return whether a file is a backup of Onroll, by its members."""
    try:
        with zipfile.ZipFile(file) as archive:
            return {DUMP, MANIFEST} == set(archive.namelist())
    except NOT_WHOLE:
        return False


def read(file: Path) -> Manifest:
    """Read a backup to its end and return its manifest, if every byte is right."""
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = unpacked(archive.read(MANIFEST).decode("utf-8"))
            with archive.open(DUMP) as dump:
                while chunk := dump.read(CHUNK):
                    digest.update(chunk)
    except NOT_WHOLE:
        raise BackupError(f"{file} is no whole backup of Onroll: use another copy of it.") from None
    if digest.hexdigest() != manifest.sha256:
        raise BackupError(f"{file} was changed since it was written: use another copy of it.")
    if _numbers(manifest.onroll) > _numbers(__version__):
        raise BackupError(
            f"The backup is of Onroll {manifest.onroll}, and this is {__version__}: install the"
            " newer one first."
        )
    return manifest


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def restore(file: Path, manifest: Manifest, owner_url: str) -> None:
    """Restore a backup that was read, as the owner of an empty database. Raises BackupError."""
    url = secure(owner_url)
    with psycopg.connect(url, autocommit=True) as owner:
        counting.prepare(owner)
        if counting.tables(owner):
            raise BackupError(
                f"The database {owner.info.dbname} is not empty, and nothing in it is overwritten."
                " Restore into a new one, which `onroll setup-database` makes."
            )
        missing = manifest.content.roles.keys() - counting.our_roles(owner).keys()
        if missing:
            raise BackupError(
                f"The server lacks {', '.join(sorted(missing))}: run `onroll setup-database` first."
            )
        database = sql.Identifier(owner.info.dbname)
        audit = {"database": database, "audit": sql.Identifier(roles.AUDIT)}
        # Whoever is given a schema must be allowed to make one, for as long as that takes.
        owner.execute(sql.SQL("GRANT CREATE ON DATABASE {database} TO {audit}").format(**audit))
        try:
            _pour(file, manifest, url)
        finally:
            owner.execute(
                sql.SQL("REVOKE CREATE ON DATABASE {database} FROM {audit}").format(**audit)
            )
    roles.grant(url)


def _pour(file: Path, manifest: Manifest, url: str) -> None:
    program_ = program("pg_restore", at_least=manifest.program)
    options, environment = reach(url)
    with (
        zipfile.ZipFile(file) as archive,
        archive.open(DUMP) as dump,
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            [program_, "--exit-on-error", "--single-transaction", *options],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        ) as process,
    ):
        assert process.stdin is not None
        try:
            while chunk := dump.read(CHUNK):
                process.stdin.write(chunk)
            process.stdin.close()
        except BrokenPipeError:  # it gave up; what it said tells why
            process.stdin = None
        if process.wait():
            errors.seek(0)
            raise BackupError(f"Nothing was restored. {why(program_, errors.read())}")
