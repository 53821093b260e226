"""Turn an address such as postgresql://user@host/name into Django's settings."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from onroll.config.env import BadSetting

LOOPBACK = ("", "localhost", "127.0.0.1", "::1")


def checked(url: str, *, name: str = "DATABASE_URL") -> str:
    """Return an address, or refuse a bad one without repeating it: it may hold a password."""
    try:
        conninfo_to_dict(url)
    except psycopg.Error:
        raise BadSetting(
            f"{name} is no address of a database; write it as in postgresql://user@host/onroll."
        ) from None
    return url


def verified(parts: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of an address; a server on the network must show a certificate, unless they
    say otherwise, and it is checked.
    """
    host = str(parts.get("host", ""))
    if host in LOOPBACK or host.startswith("/"):
        return parts
    return {"sslmode": "verify-full", **parts}


def settings_for(
    url: str, *, statement_seconds: int, idle_seconds: int, pool: int = 0, verify: bool = False
) -> dict[str, Any]:
    """Return Django's settings for one database.

    A statement, a wait for a lock and a transaction left open are each cut off, so that one slow
    page cannot stop the others. `pool` is the most connections to keep (0 for no pool); `verify`
    demands a checked certificate from a server on the network unless the address says otherwise.
    """
    parts: dict[str, Any] = dict(conninfo_to_dict(checked(url)))
    if verify:
        parts = verified(parts)
    values = {key: parts.pop(key, "") for key in ("dbname", "user", "password", "host", "port")}
    host = str(values["host"])
    limits = {
        "statement_timeout": statement_seconds,
        "lock_timeout": min(5, statement_seconds),
        "idle_in_transaction_session_timeout": idle_seconds,
    }
    flags = " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items())
    # No question here is worth compiling; PostgreSQL thinks some are, from what it guesses of them.
    parts["options"] = f"{parts.get('options', '')} {flags} -c jit=off".strip()
    parts["prepare_threshold"] = 5  # psycopg's own; only what asks for it is prepared
    if pool:
        parts["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": values["dbname"],
        "USER": values["user"],
        "PASSWORD": values["password"],
        "HOST": host,
        "PORT": values["port"],
        "ATOMIC_REQUESTS": True,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }
