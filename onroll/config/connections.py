"""The database of a command: the one in the environment, or the embedded server."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from onroll.config import postgres, roles
from onroll.config.database import checked
from onroll.config.env import BadSetting, read_secret

Start = Callable[[], AbstractContextManager[postgres.Server]]


@contextmanager
def database(start: Start = postgres.running) -> Iterator[postgres.Server | None]:
    """Set `DATABASE_URL` and `DATABASE_OWNER_URL` for a while; yield the server if it is ours."""
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        yield None
        return
    with start() as server:
        os.environ["DATABASE_URL"] = server.url()
        os.environ["DATABASE_OWNER_URL"] = server.url(roles.OWNER)
        try:
            yield server
        finally:
            del os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]


def app_url() -> str:
    """Return the address for web and worker."""
    return checked(read_secret("DATABASE_URL"))


def owner_url() -> str:
    """Return the address for migrations, or refuse in a sentence."""
    if url := read_secret("DATABASE_OWNER_URL"):
        return checked(url, name="DATABASE_OWNER_URL")
    raise BadSetting(
        "Set DATABASE_OWNER_URL: the owner makes the tables, not the role of DATABASE_URL."
    )
