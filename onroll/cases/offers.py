"""What a feature shows of itself on the pages of several features.

A feature that wants to be seen stands in the list of `casefile/features.py` and offers, in its
`queries`, what it has of these; each is already through `visible_to` and the access matrix:

    todo(user, *, on, at)
        what waits for a person, for Today: a list of `Todo`, whose `counted` are numbers
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

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Value

from onroll.accounts.models import User


@dataclass(frozen=True)
class Todo:
    """Things that wait for a person: how many, in which words, and the page that lists them.

    Of rows that are only to be counted it holds the rows: `counted` counts those of all at once.
    """

    code: str
    rows: int | QuerySet[Any]
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
    is_silent_at_none: bool = False
    """Whether nothing is said where none wait."""

    @property
    def number(self) -> int:
        """Return how many wait; they must have been counted."""
        assert isinstance(self.rows, int)
        return self.rows


def counted(todos: Iterable[Todo]) -> list[Todo]:
    """Return what waits, each with its number; one query, however many are to be counted."""
    todos = list(todos)
    figures = [
        todo.rows.order_by()
        .annotate(todo=Value(todo.code))
        .values("todo")
        .annotate(number=Count("pk", distinct=True))
        for todo in todos
        if isinstance(todo.rows, QuerySet)
    ]
    numbers: dict[str, int] = {}
    if figures:
        first, *further = figures
        for row in first.union(*further, all=True):
            numbers[row["todo"]] = row["number"]
    every = (
        replace(todo, rows=numbers.get(todo.code, 0)) if isinstance(todo.rows, QuerySet) else todo
        for todo in todos
    )
    return [todo for todo in every if todo.number or not todo.is_silent_at_none]


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
