"""Protect commands from their surroundings: console encodings, pipes, full disks, time zones."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from io import TextIOWrapper

from onroll.tables.days import ENGLAND

BROKEN_PIPE = 141
"""The exit code of a program whose reader has gone: 128 + SIGPIPE."""


def today() -> date:
    """Return today's date in England, whatever the machine's time zone."""
    return datetime.now(ENGLAND).date()  # noqa: TID251  # a command reads the clock


def written(run: Callable[[], int], *, unwritten: int) -> int:
    """Run a command so that its surroundings do not change its answer; return its exit code.

    A letter that the console lacks becomes a question mark. If the answer cannot be written, a
    sentence says so and the code is `unwritten`.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        try:
            return run()
        finally:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
    except BrokenPipeError:
        _let_go()
        return BROKEN_PIPE
    except SystemExit as end:
        if code_of(end) != BROKEN_PIPE:
            raise
        return BROKEN_PIPE
    except OSError as error:
        _let_go()
        with suppress(OSError):
            sys.stderr.write(f"onroll: {_in_words(error)}\n")
            sys.stderr.flush()
        return unwritten


def code_of(end: SystemExit) -> int:
    """Return a program's exit code; Rich exits by itself if the reader has gone."""
    if isinstance(end.__context__, BrokenPipeError):
        return BROKEN_PIPE
    return end.code if isinstance(end.code, int) else int(end.code is not None)


def _in_words(error: OSError) -> str:
    why = error.strerror or str(error)
    if error.filename is None:
        return f"the answer cannot be written: {why}."
    return f"{error.filename}: {why}."


def _let_go() -> None:
    """Discard output that is still buffered, or Python would try to write it at exit."""
    with suppress(OSError, ValueError, AttributeError):  # a test's stream is no file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
