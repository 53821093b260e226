"""Asks `decoding`, a program of its own, about a file: how many pages, or a copy to be shown."""

import subprocess
import sys

from onroll.documents import decoding
from onroll.documents.file_types import PDF, TYPES

PATIENCE = 60  # seconds, on a machine that is busy; the processor is given it for 20 at most
BROKEN = "broken"


class Unopened(Exception):
    """A file could not be opened; `why` is a word of `decoding`, or `broken`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def pages(content: bytes, media_type: str, *, most: int) -> int:
    """Return how many pages a PDF or a TIFF has, counted no further than one above `most`."""
    return int(_run(content, "pdf" if media_type == PDF else "tiff", str(most)))


def copy(content: bytes, media_type: str) -> bytes:
    """Return the copy of a picture that is shown: a JPEG without metadata. Raises `Unopened`."""
    return _run(content, "copy", TYPES[media_type].decoder)


def _run(content: bytes, *arguments: str) -> bytes:
    """Run the program on a file, with nothing of the service's environment."""
    command = [sys.executable, "-I", decoding.__file__, *arguments]
    try:
        done = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise Unopened(BROKEN) from None
    if done.returncode == 3:
        raise Unopened(done.stdout.decode())
    if done.returncode or not done.stdout:
        raise Unopened(BROKEN)
    return done.stdout
