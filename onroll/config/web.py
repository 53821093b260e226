"""The web server: granian on one socket that we hand it, its processes dying with it."""

import multiprocessing
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from granian._granian import SocketHolder
from granian.constants import Interfaces
from granian.log import LogLevels, logger
from granian.server.mp import MPServer

from onroll.config import limit
from onroll.config.port import WAITING
from onroll.config.processes import dying_with_us

STOPPING = 25
"""Seconds a page may take to be finished once the server is told to stop."""


def serve(listening: socket.socket, *, processes: int, at_once: int) -> None:
    """Answer pages at a socket until told to stop, so many at once in each process."""
    if sys.platform == "linux":  # the processes are to have the socket, whatever Python's default
        multiprocessing.set_start_method("fork", force=True)
    host, port = listening.getsockname()[:2]
    server = OneSocket(
        "onroll.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=at_once + limit.WAITING + limit.SPARE,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPPING,
        log_level=LogLevels.warning,
    )
    # It takes threads for work; ours mostly wait for their turn (`limit`).
    logger.addFilter(lambda record: "Python threads" not in record.getMessage())
    server.listening = listening
    server.serve(target_loader=partial(_load, dying_with_us()), wrap_loader=False)


def _load(die_with_parent: Callable[[], None]) -> Any:
    """Return the application, in the process that is to run it."""
    die_with_parent()
    from onroll.config.wsgi import application

    return application


class OneSocket(MPServer):
    """Granian, but with one socket for all its processes.

    By itself it opens one for each process, in a way that lets any other program of the same user
    listen at the same port and take a share of the visitors. The names with an underscore are its
    own; requirements/base.txt pins the version they are of, and tests/config/test_port.py fails
    when they change.
    """

    listening: socket.socket

    def _init_shared_socket(self) -> None:
        number = self.listening.fileno()
        holder: Any = SocketHolder
        self.__dict__ |= {
            "_ssp": None,
            "_sfd": number,
            "_shd": holder(number, False, WAITING),
            "_sso": None,
        }
