"""The port of the service: opened before anything else, and by one program only.

The one socket is handed to the web server and to each of its processes. So the kernel refuses a
second program, and requests wait while the web server restarts.
"""

import errno
import os
import socket

WAITING = 128
"""How many connections may wait before more are refused."""


class CannotListen(Exception):
    """The address cannot be listened on; the message says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket, or refuse in a sentence."""
    family, address = _resolve(host, port)
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Connections of an earlier run may linger; another program that listens is still refused.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(WAITING)
    except OSError as error:
        listening.close()
        raise CannotListen(_words(error, host, port)) from None
    return listening


def inherited(number: int) -> socket.socket:
    """Return the socket that the parent process handed on under a number."""
    return socket.socket(fileno=number)


def url(host: str, port: int) -> str:
    """Return the address a browser opens."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise CannotListen(
            f"{host} is not the name or address of this machine. Choose another with --host."
        ) from None
    family, _, _, _, address = addresses[0]
    return family, address  # type: ignore[return-value]  # longer for IPv6, and bind() takes both


def _words(error: OSError, host: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {port} is in use by another program. Choose another with --port."
        case errno.EACCES | errno.EPERM:
            return (
                f"Port {port} is for the administrator of this machine only. Choose one above 1023"
                " with --port."
            )
        case errno.EADDRNOTAVAIL:
            return f"This machine does not have the address {host}. Choose another with --host."
    return f"{url(host, port)} cannot be listened on: {os.strerror(error.errno or 0)}."
