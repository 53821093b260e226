"""A process of its own that takes files in, to be killed by tests: `python -m tests.intake.worker`.

    worker.py take PK...          the file's steps, one after another
    worker.py folder PATH         the drop folder
With STOP_AT in its environment it stops there, writes a line, and waits to be killed: after so
many statements of the database that change something, or at the move of a file out of the folder.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402  # after setup
from django.utils import timezone  # noqa: E402  # after setup

from onroll.intake import tasks  # noqa: E402  # after setup

CHANGES = ("insert", "update", "delete", "commit")


class Stopping:
    """Counts what changes the database, and stops the process at one of them."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().lower().startswith(CHANGES):
            self.left -= 1
            if self.left == 0:
                stop()
        return execute(sql, params, many, context)


def stop() -> None:
    """Say that the point is reached and wait for the end."""
    print("stopped", flush=True)  # noqa: T201  # the test reads it
    signal.pause()


def main(what: str, *names: str) -> None:
    """Do the work, perhaps not to its end."""
    where = os.environ.get("STOP_AT", "")
    if what == "folder":
        if where == "move":
            Path.replace = lambda *_: stop()  # type: ignore[method-assign,assignment]  # the point to die at
        tasks.empty_folder(Path(names[0]), at=timezone.now())
        return
    with connection.execute_wrapper(Stopping(int(where or -1))):
        for name in names:
            tasks.take_through(int(name), at=timezone.now(), actor="test")


if __name__ == "__main__":
    main(*sys.argv[1:])
