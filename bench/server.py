"""A database server of the bench's own, with Django set up on it as the role of web and worker."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.db import connections

from onroll.config import postgres, roles
from onroll.config.supervisor import onroll

ABOUT = """\
The database is the one Onroll brings, new and with the settings it has in use: every commit waits
for the disk, and the audit trail records every change."""


@contextmanager
def running() -> Iterator[postgres.Server]:
    """Give a new server with all tables made, which is gone afterwards. Call once in a process."""
    home = Path(tempfile.mkdtemp(prefix="onroll-bench-"))
    home.chmod(0o711)  # started by root, the server runs as somebody else
    try:
        with postgres.running(home / "data") as server:
            os.environ |= {
                "ONROLL_MODE": "demo",
                "ONROLL_SECRET_KEY": secrets.token_urlsafe(50),
                "ONROLL_STATEMENT_SECONDS": "600",
                "DJANGO_SETTINGS_MODULE": "onroll.config.settings",
                "DATABASE_URL": server.url(),
                "DATABASE_OWNER_URL": server.url(roles.OWNER),
            }
            subprocess.run(onroll("migrate"), check=True, stdout=subprocess.DEVNULL)
            django.setup()
            yield server
            connections["default"].close()
    finally:
        shutil.rmtree(home, ignore_errors=True)
