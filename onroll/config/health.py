"""Is the service well? Asked by machines, and answered within seconds whatever hangs.

A connection of its own is made for each answer, since those of the pages may be the trouble. It
also writes: a little that has no room in memory, as a sort of many rows has not, and one row that
is committed. So a full disk is seen, and a database that only reads.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import errors

from onroll.documents.models import ScannerState
from onroll.documents.queries import scanner_state
from onroll.reports.queries.jobs import OLDEST_SECONDS

PATIENCE = 3.0  # seconds
LIMITS = "-c statement_timeout=2s -c lock_timeout=200ms -c work_mem=64kB"
SPILLS = "SELECT count(*) FROM (SELECT n FROM generate_series(1, 20000) n ORDER BY -n) sorted"
WRITES = """INSERT INTO onroll_cache (cache_key, value, expires)
    VALUES ('health', '', now() + interval '1 day')
    ON CONFLICT (cache_key) DO UPDATE SET expires = EXCLUDED.expires"""
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Health:
    """What anyone may know of the service; no figure is about a person."""

    database: str
    """`ok`, `does not answer` or `cannot write`."""
    oldest_job_seconds: int | None = None
    """Seconds that the oldest waiting job has waited; None if none waits."""
    scanner: ScannerState | None = None
    """Whether the virus scanner answers; None where it was not asked."""

    @property
    def is_up(self) -> bool:
        """Return whether pages can be answered."""
        return self.database == "ok"

    @property
    def status(self) -> str:
        """Return `ok`, `down`, or `late`: jobs wait too long, or files for the scanner."""
        if not self.is_up:
            return "down"
        is_late = (self.oldest_job_seconds or 0) > 60 * settings.LATE_MINUTES
        return "late" if is_late or self.scanner is ScannerState.SILENT else "ok"


DOWN = Health("does not answer")


def look() -> Health:
    """Ask the database, for at most PATIENCE and never twice at once."""
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        return DOWN
    results: list[Health] = []
    thread = threading.Thread(target=_look, args=(_address(), results), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return results[-1] if results else DOWN


def _look(address: dict[str, Any], results: list[Health]) -> None:
    try:
        with psycopg.connect(**address, autocommit=True) as probe:
            results.append(_ask(probe))
        if results[-1].is_up:  # one that hangs leaves the answer without it
            results.append(replace(results[-1], scanner=scanner_state()))
    except psycopg.Error:
        results.append(DOWN)
    finally:
        _one_at_a_time.release()


def _ask(probe: "psycopg.Connection") -> Health:
    row = probe.execute(OLDEST_SECONDS).fetchone()
    try:
        probe.execute(SPILLS)
        with suppress(errors.LockNotAvailable):  # somebody else writes there this very moment
            probe.execute(WRITES)
    except psycopg.Error:
        return DOWN if probe.broken else Health("cannot write")
    return Health("ok", row[0] if row else None)


def _address() -> dict[str, Any]:
    """Return the address of the pages' own connections, with short time limits."""
    parameters = connection.settings_dict
    names = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    arguments = {argument: parameters[key] for argument, key in names.items() if parameters[key]}
    network = {
        name: value for name, value in parameters["OPTIONS"].items() if name.startswith("ssl")
    }
    return {**arguments, **network, "options": LIMITS, "connect_timeout": 2}
