"""ClamAV's daemon, which looks for viruses: asked at `ONROLL_CLAMD`, through `clamav-client`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from clamav_client.clamd import (
    BufferTooLongError,
    ClamdError,
    ClamdNetworkSocket,
    ClamdUnixSocket,
)
from django.conf import settings

from onroll.documents.models import Scan

PATIENCE = 120  # seconds until a daemon that is sent a file says something
PING_PATIENCE = 1  # seconds
OVER_LIMIT = "Heuristics.Limits.Exceeded"
"""How `AlertExceedsMax yes` in clamd.conf names what was not looked into to its end."""


@dataclass(frozen=True)
class Answer:
    """What the scanner found in a file; `signature` names a virus, and is empty otherwise."""

    scan: Scan
    signature: str = ""


class Unanswered(Exception):
    """The scanner gave no answer about a file; it has to be asked again."""


def answers() -> bool:
    """Return whether the scanner answers, within about a second."""
    try:
        with _client(PING_PATIENCE) as client:
            pong: str = client.ping()
    except (ClamdError, OSError):
        return False
    return pong == "PONG"


def look_into(content: bytes) -> Answer:
    """Ask whether these bytes hold a virus. Raises `Unanswered`.

    What is larger than the daemon takes is not sent: it would close the line in the middle, as it
    does when it dies.
    """
    if len(content) > settings.CLAMD_MAX_SIZE:
        return Answer(Scan.TOO_LARGE)
    try:
        with _client(PATIENCE) as client:
            results = client.instream(BytesIO(content))
    except BufferTooLongError:
        return Answer(Scan.TOO_LARGE)
    except (ClamdError, OSError, ValueError) as error:
        raise Unanswered from error
    status, signature = results.get("stream", ("", None))
    if status == "OK":
        return Answer(Scan.CLEAN)
    if status != "FOUND" or not signature:
        raise Unanswered
    if signature.startswith(OVER_LIMIT):
        return Answer(Scan.TOO_LARGE)
    return Answer(Scan.INFECTED, signature[:200])


@contextmanager
def _client(patience: int) -> Iterator[ClamdNetworkSocket]:
    """Give a line to the daemon, and close it, which the library does not where none listens."""
    if settings.CLAMD.startswith("/"):
        client: ClamdNetworkSocket = ClamdUnixSocket(settings.CLAMD, patience)
    else:
        host, _, port = settings.CLAMD.rpartition(":")
        client = ClamdNetworkSocket(host, int(port), patience)
    try:
        yield client
    finally:
        if hasattr(client, "clamd_socket"):
            client.clamd_socket.close()
