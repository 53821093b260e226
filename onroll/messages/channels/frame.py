"""What every channel does: it takes a letter and an address, or refuses in words."""

from collections.abc import Callable

from onroll.messages.kinds import Letter

Send = Callable[[Letter, str], None]
"""Sends a message to an address of its way, or raises `Refused`."""
SECONDS = 10
"""As long a server may take to answer."""


class Refused(Exception):
    """A message that was not taken, in words without anybody's address.

    `is_of_server` where the server took nothing at all, whoever the message was for.
    """

    def __init__(self, words: str, *, is_of_server: bool = False) -> None:
        super().__init__(words)
        self.is_of_server = is_of_server


class Closed(Exception):
    """Nothing sends this way now: the message waits, and no try is counted."""
