"""Limit the load of a process: so many requests, so many visitors who wait, and no more.

A service that accepts everything answers nobody in time once overloaded. Visitors over the limit
are told at once when to come again, and nothing of their request is half done.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Any

WAITING = 30
"""Visitors of one process who may wait their turn; a page takes some 20 ms."""
PATIENCE = 4.0
"""Most seconds a visitor waits; longer only if pages hang."""
SPARE = 2
"""More threads, for what is always answered: `/health/`, styles, and refusals."""
COME_AGAIN = "5"
"""Seconds after which a refused visitor is asked to come again."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Words = Callable[[dict[str, Any]], bytes]


class Limit:
    """A WSGI application that lets `at_once` requests into another at a time.

    Addresses that begin with one of `passes` are always let in; `words` makes the page of a refusal
    (503) for an environment.
    """

    def __init__(
        self, application: Application, *, at_once: int, passes: tuple[str, ...], words: Words
    ) -> None:
        self._application, self._passes, self._words = application, passes, words
        self._places = BoundedSemaphore(at_once)
        self._seats = BoundedSemaphore(WAITING)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer at once or after a short wait, or refuse."""
        if str(environ.get("PATH_INFO", "")).startswith(self._passes):
            return self._application(environ, start_response)
        if not self._enter():
            return self._turn_away(environ, start_response)
        try:
            return self._application(environ, start_response)
        finally:
            self._places.release()

    def _enter(self) -> bool:
        if self._places.acquire(blocking=False):
            return True
        if not self._seats.acquire(blocking=False):
            return False
        try:
            return self._places.acquire(timeout=PATIENCE)
        finally:
            self._seats.release()

    def _turn_away(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        page = self._words(environ)
        status = HTTPStatus.SERVICE_UNAVAILABLE
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(page))),
            ("Cache-Control", "no-store"),
            ("Retry-After", COME_AGAIN),
        ]
        start_response(f"{status.value} {status.phrase}", headers)
        return [page]
