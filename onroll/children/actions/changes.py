"""Changes of rows that can be undone exactly: what each column was, and what it became."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Field, Model, ProtectedError

Change = dict[str, Any]
"""A row's `table` and `pk`, and some columns as they `was` and are `now`; a new row has neither."""


@transaction.atomic
def change(row: Model, **now: Any) -> Change:
    """Set columns of a row and return the change as JSON values."""
    was = {column: _plain(getattr(row, column)) for column in now}
    type(row)._default_manager.filter(pk=row.pk).update(**now)
    for column, value in now.items():
        setattr(row, column, value)
    return {**_row(row), "was": was, "now": {column: _plain(now[column]) for column in now}}


def added(row: Model) -> Change:
    """Return the change that a new row is."""
    return _row(row)


@transaction.atomic
def undo_changes(changes: Iterable[Change]) -> None:
    """Undo changes, the last one first: set columns back, delete rows that were new.

    A column that was changed again since keeps its newer value.
    """
    for change_ in reversed(list(changes)):
        model = apps.get_model(change_["table"])
        row = (
            model._default_manager.select_for_update(of=("self",)).filter(pk=change_["pk"]).first()
        )
        if row is not None and "was" not in change_:
            _take_away(row)
        elif row is not None:
            _restore(row, change_)


def _take_away(row: Model) -> None:
    """Delete a row that was new, unless other rows have come to depend on it."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return


def _restore(row: Model, change_: Change) -> None:
    values = {
        column: _column(row, column).to_python(was)
        for column, was in change_["was"].items()
        if _plain(getattr(row, column)) == change_["now"][column]
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
