"""Changes of rows that can be taken back exactly: what each was, and what it became."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Field, Model, ProtectedError

Change = dict[str, Any]
"""A row's table and number, what some columns `was` and are `now`; no `was` for a new row."""


@transaction.atomic
def change(row: Model, **now: Any) -> Change:
    """Set columns of a row and return the change as JSON values."""
    was = {column: _plain(getattr(row, column)) for column in now}
    type(row)._default_manager.filter(pk=row.pk).update(**now)
    for column, value in now.items():
        setattr(row, column, value)
    return {**_row(row), "was": was, "now": {column: _plain(now[column]) for column in now}}


def added(row: Model) -> Change:
    """Return that a row is new, as a change."""
    return _row(row)


@transaction.atomic
def take_back(changes: Iterable[Change]) -> None:
    """Give rows back what they were, the last change first; take away rows that were new.

    A column that someone has changed since keeps its newer value, and a clock that someone has
    moved since stays.
    """
    for said in reversed(list(changes)):
        model = apps.get_model(said["table"])
        row = model._default_manager.select_for_update(of=("self",)).filter(pk=said["pk"]).first()
        if row is not None and "was" not in said:
            _take_away(row)
        elif row is not None:
            _restore(row, said)


def _take_away(row: Model) -> None:
    """Delete a row that was new; one that has a history of its own since stays with it."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return


def _restore(row: Model, said: Change) -> None:
    values = {
        column: _column(row, column).to_python(was)
        for column, was in said["was"].items()
        if _plain(getattr(row, column)) == said["now"][column]
    }
    if values:
        type(row)._default_manager.filter(pk=row.pk).update(**values)


def _column(row: Model, name: str) -> "Field[Any, Any]":
    field = row._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def _row(row: Model) -> Change:
    return {"table": row._meta.label_lower, "pk": row.pk}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
