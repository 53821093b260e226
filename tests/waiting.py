"""Wait for something outside this process, such as a worker, without guessing how long it takes."""

from collections.abc import Callable
from threading import Event


def until(condition: Callable[[], object], *, seconds: float = 30) -> None:
    """Return as soon as `condition()` holds; fail when it does not within `seconds`."""
    pause = Event()
    for _ in range(int(seconds / 0.05)):
        if condition():
            return
        pause.wait(0.05)
    raise AssertionError(f"It did not happen within {seconds} seconds.")
