"""What a feature shows of itself on the pages of several features.

A feature that wants to be seen stands in the list of `casefile/features.py` and offers, in its
`queries`, what it has of these; each is already through `visible_to` and the access matrix:

    todo(user, *, on, at)
        what waits for a person, for Today: a list of `Todo`
    panel(child, user, *, case, on)
        its part of a child's page: a `Panel`, or None
    case_panels(case, user, *, on)
        its parts of a case's page: a list of `Panel`
    for_review(user)
        what it has on the page Review, for the number in the menu: a list of querysets
    events(case, user)
        what happened, for the chronology: a list of `Event`, the newest first

A panel names the fields it shows, and they are written down as seen before the page is drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from onroll.accounts.models import User


@dataclass(frozen=True)
class Todo:
    """Things that wait for a person: how many, in which words, and the page that lists them."""

    code: str
    number: int
    words: tuple[str, str]
    """For one, and for more."""
    page: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    meaning: str = ""
    """What it means that some wait: `late`, `soon` or `new`."""
    note: str = ""
    """What is said under the words, as of the oldest of them."""
    is_own: bool = False
    """Whether they are the person's own, and stand before what needs anyone."""
    is_for_review: bool = False
    """Whether they are on a list of the page Review, whose number the menu says."""


@dataclass(frozen=True)
class Panel:
    """One feature's part of a page: the template that draws it, and what that needs."""

    template: str
    context: Mapping[str, Any]
    fields: tuple[str, ...] = ()
    """The names, never the values, of what it shows of the child."""


@dataclass(frozen=True)
class Event:
    """Something that happened: when, in words, why, and who did it; nobody where a machine did."""

    at: datetime
    words: str
    why: str = ""
    by: User | None = None
