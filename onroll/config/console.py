"""What a command is run in: a console of any encoding, a pipe, a full disk, any time zone."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from io import TextIOWrapper

from onroll.tables.days import ENGLAND

BROKEN_PIPE = 141
"""What a shell says of a program that is ended because nobody reads on: 128 and SIGPIPE."""


def today() -> date:
    """Return the day it is in England, whatever the zone of the machine."""
    return datetime.now(ENGLAND).date()  # noqa: TID251  # a command reads the clock


def written(run: Callable[[], int], *, unwritten: int) -> int:
    """Run a command so that nothing it is run in changes its answer, and return its exit code.

    A letter that the console lacks becomes a question mark. Where the answer cannot be written,
    that is said in a sentence, and the code is `unwritten`.
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
    """Return the code a program ends with; Rich ends it where nobody reads on."""
    if isinstance(end.__context__, BrokenPipeError):
        return BROKEN_PIPE
    return end.code if isinstance(end.code, int) else int(end.code is not None)


def _in_words(error: OSError) -> str:
    why = error.strerror or str(error)
    if error.filename is None:
        return f"the answer cannot be written: {why}."
    return f"{error.filename}: {why}."


def _let_go() -> None:
    """Have what is still to be written go nowhere, or Python would try again at its end."""
    with suppress(OSError, ValueError, AttributeError):  # a test's stream is no file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
