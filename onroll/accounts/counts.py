"""Counts in the frame of every page, cached in the session for a minute.

Every form that the person sends clears them. A page that counts the same thing stores its own
figure here, so that the two on one page never differ.
"""

from collections.abc import Callable

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

KEY = "counts"
REVIEW = "review"
"""The count of records, findings and merges that wait for this person."""


def count_of(request: HttpRequest, name: str, count: Callable[[], int]) -> int:
    """Return a count: the cached one, or a new one."""
    counts = request.session.get(KEY, {})
    if name not in counts:
        keep(request, name, count())
    return int(request.session[KEY][name])


def keep(request: HttpRequest, name: str, number: int) -> None:
    """Cache a count."""
    counts = request.session.get(KEY, {})
    if counts.get(name) != number:
        request.session[KEY] = counts | {name: number}


def forget(session: SessionBase) -> None:
    """Clear the cached counts."""
    session.pop(KEY, None)
