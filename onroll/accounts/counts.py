"""Counts that the frame of every page shows, kept with the session for a minute.

They are forgotten each minute and with every form that this person sends; a page that counts the
same thing for itself keeps its own figure here, so that the two on one page are never different.
"""

from collections.abc import Callable

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

KEY = "counts"
REVIEW = "review"
"""How many records, findings and merges wait for this person."""


def count_of(request: HttpRequest, name: str, count: Callable[[], int]) -> int:
    """Return the figure of a name: the one that is kept, or else a new one."""
    counts = request.session.get(KEY, {})
    if name not in counts:
        keep(request, name, count())
    return int(request.session[KEY][name])


def keep(request: HttpRequest, name: str, number: int) -> None:
    """Keep a figure that was counted just now."""
    counts = request.session.get(KEY, {})
    if counts.get(name) != number:
        request.session[KEY] = counts | {name: number}


def forget(session: SessionBase) -> None:
    """Keep no figures any longer."""
    session.pop(KEY, None)
