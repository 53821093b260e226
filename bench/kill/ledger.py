"""The ledger of requests and answers, as the clients know them."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

AGAIN = 10
"""So many requests must be acknowledged before the service counts as recovered."""


class Answer(StrEnum):
    """The outcome of a request, as far as its client knows."""

    DONE = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "without an answer"


@dataclass(frozen=True)
class Deed:
    """One request: a note by its text, a file by its hash, a report by its week."""

    kind: str
    key: str
    answer: Answer


@dataclass
class Ledger:
    """All requests, written by several threads."""

    deeds: list[Deed] = field(default_factory=list)
    pages: int = 0
    """How many pages about a child came back complete."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _done_at: list[float] = field(default_factory=list)

    def add(self, kind: str, key: str, answer: Answer) -> None:
        """Record a request."""
        with self._lock:
            self.deeds.append(Deed(kind, key, answer))
            if answer is Answer.DONE:
                self._done_at.append(time.monotonic())

    def add_page(self) -> None:
        """Record a page about a child that was shown."""
        with self._lock:
            self.pages += 1

    def silence(self, since: float) -> float | None:
        """Return the longest time in seconds without an acknowledgement; None if not over.

        `since` begins it. A few more must follow: the first may have been on its way already.
        """
        with self._lock:
            done_at = [since, *(moment for moment in self._done_at if moment > since)]
        if len(done_at) <= AGAIN:
            return None
        return max(later - earlier for earlier, later in pairwise(done_at[: AGAIN + 1]))

    def of(self, kind: str) -> dict[str, Answer]:
        """Return the answers of one kind by their keys."""
        return {deed.key: deed.answer for deed in self.deeds if deed.kind == kind}

    def counts(self, kind: str) -> Counter[Answer]:
        """Return how often each answer was given."""
        return Counter(self.of(kind).values())
