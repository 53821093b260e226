"""What waits, counted: how many, how many of them press, and the oldest with whose it is.

The one definition of these, for Today and for every list that says them.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, DateTimeField, F, Min, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from onroll.cases.offers import Oldest, Todo
from onroll.rules.dated import in_words

WARNED_BEFORE = timedelta(days=7)
"""So long before something is deleted it is said on which day."""


def counted(todos: Iterable[Todo]) -> list[Todo]:
    """Return what waits, each with its number and its oldest; one query, however many there are.

    An item of which some press is late, whatever it means otherwise.
    """
    todos = list(todos)
    figures = [_figures(todo) for todo in todos if isinstance(todo.rows, QuerySet)]
    found: dict[str, dict[str, Any]] = {}
    if figures:
        first, *further = figures
        found = {row["todo"]: row for row in first.union(*further, all=True)}
    every = (
        _with(todo, found.get(todo.code, {})) if isinstance(todo.rows, QuerySet) else todo
        for todo in todos
    )
    return [todo for todo in every if todo.number or not todo.is_silent_at_none]


class OfOldest(ArrayAgg):
    """The value of the first row in an order, of a group."""

    template = "(%(function)s(%(distinct)s%(expressions)s %(order_by)s))[1]"
    output_field: Any = TextField()


def _figures(todo: Todo) -> Any:
    """Return one row of figures: none where none wait."""
    assert isinstance(todo.rows, QuerySet)
    since = F(todo.since) if isinstance(todo.since, str) and todo.since else todo.since
    owner = F(todo.owner) if isinstance(todo.owner, str) and todo.owner else todo.owner
    rows = todo.rows.order_by().annotate(
        todo=Value(todo.code),
        since_when=Cast(since or Value(None), DateTimeField()),
        whose=Cast(owner or Value(""), TextField()),
    )
    return rows.values("todo").annotate(
        number=Count("pk", distinct=True),
        pressing=Count("pk", distinct=True, filter=todo.presses or Q(pk__in=[])),
        oldest=Min("since_when"),
        owner=OfOldest("whose", order_by=("since_when", "pk")),
    )


def _with(todo: Todo, row: dict[str, Any]) -> Todo:
    oldest = row.get("oldest")
    return replace(
        todo,
        rows=row.get("number", 0),
        pressing=row.get("pressing", 0),
        meaning="late" if row.get("pressing") else todo.meaning,
        oldest=Oldest(_since(todo, oldest), row["owner"] or "") if oldest else None,
    )


def _since(todo: Todo, moment: datetime) -> datetime | date:
    """Return since when the oldest waits: a day where the rows have no hour."""
    return moment.date() if todo.is_by_day else moment


def oldest(todo: Todo, *, at: datetime) -> str:
    """Say since when the oldest of what waits does, and for whom; nothing of one's own owner."""
    if todo.oldest is None:
        return ""
    words = (f"Oldest: {waited(todo.oldest.since, at=at)}", whose(todo), _deleted(todo, at))
    return ", ".join(filter(None, words))


def _deleted(todo: Todo, at: datetime) -> str:
    """Say when the oldest of what is deleted goes, once that is near."""
    if todo.oldest is None or not todo.kept_days:
        return ""
    since, today = todo.oldest.since, timezone.localtime(at).date()
    begun_on = timezone.localtime(since).date() if isinstance(since, datetime) else since
    day = begun_on + timedelta(days=todo.kept_days)
    return (
        f"deleted on {in_words(day)} unless you go on with it"
        if day - today <= WARNED_BEFORE
        else ""
    )


def whose(todo: Todo) -> str:
    """Say who has the oldest of what waits; nothing of one's own."""
    if todo.oldest is None or todo.is_own:
        return ""
    return todo.oldest.owner or todo.desk or "nobody’s yet"


def waited(since: datetime | date, *, at: datetime) -> str:
    """Return how long something has waited: in minutes, from an hour on in hours, then in days.

    What waits since a day, and no hour, has waited whole days.
    """
    if not isinstance(since, datetime):
        days = (timezone.localtime(at).date() - since).days
        return _number(days, "day") if days > 0 else "since today"
    minutes = int((at - since).total_seconds()) // 60
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return _number(minutes, "minute")
    hours = minutes // 60
    return _number(hours, "hour") if hours < 24 else _number(hours // 24, "day")


def _number(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
