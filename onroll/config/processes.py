"""Child processes that do not outlive us."""

import ctypes
import signal
from contextlib import suppress

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux, in a child about to start, to end it when its parent dies."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
