"""Child processes: they do not outlive us, and are started again when they end."""

import ctypes
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

PR_SET_PDEATHSIG = 1
Process = subprocess.Popen[bytes]
_libc = ctypes.CDLL(None)


def dying_with_us(by: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """Return what a child runs as it starts, so that Linux ends it when this process dies.

    Linux watches the *thread* that started the child: start children from the main thread.
    Other systems know no such thing; there, end the children of a killed parent by hand.
    """
    parent = os.getpid()

    def in_the_child() -> None:
        with suppress(OSError, AttributeError):
            _libc.prctl(PR_SET_PDEATHSIG, by)
        if os.getppid() != parent:  # it died before we asked
            os.kill(os.getpid(), by)

    return in_the_child


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """Give an event that is set when this process is asked to end."""
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Pauses:
    """How long to wait before starting what ended: longer each time that it ended soon."""

    FIRST, LONGEST = 0.5, 30.0  # seconds
    SETTLED = 10.0  # what ran so long is started again at once, and with short pauses after that

    def __init__(self) -> None:
        self._next = self.FIRST

    def after(self, lasted: float) -> float:
        """Return the pause in seconds after something that lasted so many seconds."""
        if lasted >= self.SETTLED:
            self._next = self.FIRST
            return 0.0
        pause = self._next
        self._next = min(2 * pause, self.LONGEST)
        return pause


class Part:
    """A process that is to be up: `tend` starts it, and starts it again after it ended.

    `start` returns the process, or None when somebody else has it up; `ended` is told the code it
    ended with, or None when it could not be started.
    """

    def __init__(
        self, start: Callable[[], Process | None], ended: Callable[[int | None], None]
    ) -> None:
        self.process: Process | None = None
        self._start, self._ended = start, ended
        self._pauses = Pauses()
        self._started = self._again_at = 0.0

    def tend(self, now: float) -> None:
        """Look after it; `now` are seconds of a clock that never goes back."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            self.process = None
            self._failed(code, now)
        if now >= self._again_at:
            self._started = now
            try:
                self.process = self._start()
            except Exception:  # it is told of, and tried again
                self._failed(None, now)

    def _failed(self, code: int | None, now: float) -> None:
        self._again_at = now + self._pauses.after(now - self._started)
        self._ended(code)
