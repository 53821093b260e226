"""`onroll restore FILE --drill`: check that a backup is complete and people can work with it.

It is restored into a PostgreSQL of its own on this machine, which is deleted afterwards; the real
database is not touched.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg

from onroll.config import postgres, roles
from onroll.config.backup import counting
from onroll.config.backup.manifest import BackupError, Manifest
from onroll.config.backup.restoring import restore
from onroll.config.supervisor import onroll

COPY = "drill-"
"""The prefix of a copy's folder; the process id follows."""
Say = Callable[[str], object]
LEAVES_ALONE = """SELECT c.oid::regclass::text FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE (n.nspname = 'audit' AND c.relkind = 'r'
        AND has_table_privilege(%s, c.oid, 'UPDATE, DELETE, TRUNCATE'))
    OR c.relowner = %s::regrole"""


def drill(file: Path, manifest: Manifest, *, say: Say) -> None:
    """Restore into a scratch database and report each step.

    Raises BackupError at the first fault.
    """
    home = postgres.default_home()
    clear_away(home)
    with postgres.ephemeral(home / f"{COPY}{os.getpid()}") as server:
        owner = server.url(roles.OWNER)
        restore(file, manifest, owner)
        _compare(manifest, owner)
        content = manifest.content
        say(
            f"Restored: {len(content.tables)} tables with {content.rows} rows. Counts and hashes of"
            " all of them are those of the backup, and so are constraints, triggers and rights."
        )
        events = sum(n for name, (n, _) in content.tables.items() if name.startswith("audit."))
        _check_rights(owner)
        say(
            f"The audit trail is in it, {events} entries; web and worker can neither change nor"
            " delete one."
        )
        urls = {"DATABASE_URL": server.url(), "DATABASE_OWNER_URL": owner}
        _run(onroll("migrate"), urls, "The tables of the copy could not be brought up to date.")
        output = _run(
            [sys.executable, "-m", "onroll.config.backup.sign_in"],
            urls,
            "Nobody could be signed in on the copy.",
        )
        signed_in = json.loads(output.splitlines()[-1])
        say(
            f"Somebody with the role “{signed_in['role']}” signed in on the copy with"
            f" {signed_in['how']} and opened their first page."
        )
    say("The copy is gone.")


def clear_away(home: Path) -> None:
    """Delete copies of killed drills: they hold every child."""
    for place in home.glob(f"{COPY}*"):
        if not psutil.pid_exists(int(place.name.removeprefix(COPY))):
            shutil.rmtree(place, ignore_errors=True)


def _compare(manifest: Manifest, owner: str) -> None:
    with psycopg.connect(owner, autocommit=True) as connection:
        copy = counting.fingerprint(connection, owner)
        is_alike = connection.info.server_version // 10_000 == manifest.server
    wrong = manifest.content.differences(copy, with_schema=is_alike)
    if wrong:
        raise BackupError("The copy is not what the backup says:\n" + "\n".join(wrong))


def _check_rights(owner: str) -> None:
    with psycopg.connect(owner) as connection:
        rows = connection.execute(LEAVES_ALONE, [roles.APP, roles.APP]).fetchall()
    if rows:
        raise BackupError(f"Web and worker may change {', '.join(name for (name,) in rows)}.")


def _run(command: list[str], urls: dict[str, str], otherwise: str) -> str:
    """Run a command on the copy with the present settings, but without e-mail."""
    environment = {
        "ONROLL_SECRET_KEY": secrets.token_urlsafe(50),
        "ONROLL_HOSTS": "localhost",
        "DJANGO_SETTINGS_MODULE": "onroll.config.settings",
        **os.environ,
        **urls,
        "ONROLL_EMAIL_HOST": "",
        "ONROLL_LOG_LEVEL": "ERROR",
    }
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise BackupError(otherwise)
    return done.stdout
