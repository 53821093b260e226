"""ClamAV's daemon, which looks for viruses: asked at `ONROLL_CLAMD`, through `clamav-client`."""

from dataclasses import dataclass
from enum import StrEnum
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


class ScannerState(StrEnum):
    """Whether files are looked into, in the words of /health/."""

    OK = "ok"
    SILENT = "does not answer"
    NOT_SET = "not set"


@dataclass(frozen=True)
class Answer:
    """What the scanner found in a file; `signature` names a virus, and is empty otherwise."""

    scan: Scan
    signature: str = ""


class Unanswered(Exception):
    """The scanner gave no answer about a file; it has to be asked again."""


def state() -> ScannerState:
    """Return whether the scanner answers, within about a second."""
    if not settings.CLAMD:
        return ScannerState.NOT_SET
    try:
        pong = _client(PING_PATIENCE).ping()
    except (ClamdError, OSError):
        return ScannerState.SILENT
    return ScannerState.OK if pong == "PONG" else ScannerState.SILENT


def look_into(content: bytes) -> Answer:
    """Ask whether these bytes hold a virus. Raises `Unanswered`.

    What is larger than the daemon takes is not sent: it would close the line in the middle, as it
    does when it dies.
    """
    if len(content) > settings.CLAMD_MAX_SIZE:
        return Answer(Scan.TOO_LARGE)
    try:
        results = _client(PATIENCE).instream(BytesIO(content))
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


def _client(patience: int) -> ClamdNetworkSocket:
    if settings.CLAMD.startswith("/"):
        return ClamdUnixSocket(settings.CLAMD, patience)
    host, _, port = settings.CLAMD.rpartition(":")
    return ClamdNetworkSocket(host, int(port), patience)
