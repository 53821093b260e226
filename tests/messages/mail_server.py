"""A small mail server on this machine, which speaks SMTP and refuses whom it is told to."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

REFUSED = "nobody@"
"""Who has such an address has no mailbox."""
SLOW_DOWN = "full@"
"""Who has such an address has a mailbox that is full."""


class _Talk(socketserver.StreamRequestHandler):
    """One conversation."""

    server: "_Server"

    def handle(self) -> None:
        """Answer each line until the other side is done."""
        self._answer("220 made-up")
        address = ""
        for line in self.rfile:
            command = line.decode().strip()
            verb = command[:4].upper()
            if verb == "RCPT":
                address = command.partition("<")[2].rstrip(">")
                self._answer(self._about(address))
            elif verb == "DATA":
                self._answer("354 go on")
                self.server.letters.append((address, self._text()))
                self._answer("250 taken")
            elif verb == "QUIT":
                self._answer("221 goodbye")
                return
            else:
                self._answer("250 good")

    def _about(self, address: str) -> str:
        if address.startswith(REFUSED):
            return "550 no such mailbox"
        return "452 mailbox full" if address.startswith(SLOW_DOWN) else "250 good"

    def _text(self) -> str:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(lines).decode()

    def _answer(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[tuple[str, str]] = []


@dataclass
class MailServer:
    """Where it listens, and what it took: to whom, and the text with its headers."""

    port: int
    letters: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def running() -> Iterator[MailServer]:
    """Run a mail server."""
    with _Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield MailServer(server.server_address[1], server.letters)
        server.shutdown()
        thread.join()
