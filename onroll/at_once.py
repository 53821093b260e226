"""Rows of several tables, read with one question of the database.

A page that shows what many features know of one case would ask each of them by itself, and ask one
more with every feature. Here all of them name their rows, as querysets, and get them together.
"""

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import (
    BinaryField,
    Field,
    ForeignKey,
    JSONField,
    ManyToOneRel,
    Model,
    QuerySet,
)

K = TypeVar("K", bound=Hashable)
M = TypeVar("M", bound=Model)
Related = Mapping[str, "Related"]


@dataclass(frozen=True)
class _Column:
    """A column of a queryset: its path, as a lookup spells it, and what it holds."""

    path: str
    field: "Field[Any, Any]"

    def read(self, value: Any) -> Any:
        """Return the value as a model has it, from JSON."""
        is_plain = value is None or isinstance(self.field, JSONField)
        return value if is_plain else self.field.to_python(value)


def at_once(querysets: Mapping[K, QuerySet[Any]]) -> dict[K, list[Any]]:
    """Return the rows of each queryset, in its order: one query, none where nothing is asked.

    Related rows come along where `select_related` names them, and annotations; files and columns
    that are deferred do not. `prefetch_related` is not followed. All must be of one database.
    """
    rows: dict[K, list[Any]] = {key: [] for key in querysets}
    parts = {key: _sql(queryset) for key, queryset in querysets.items()}
    parts_to_ask = {key: part for key, part in parts.items() if part is not None}
    if not parts_to_ask:
        return rows
    texts, params = zip(*parts_to_ask.values(), strict=True)
    using = next(iter(querysets.values())).db
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(texts)}", [value for part in params for value in part])
        answers = cursor.fetchone()
    for key, answer in zip(parts_to_ask, answers, strict=True):
        columns = _columns(querysets[key])
        values = json.loads(answer) if isinstance(answer, str) else answer
        rows[key] = [_object(querysets[key], columns, row) for row in values]
    return rows


def with_many(rows: Sequence[M], name: str, many: Iterable[Model]) -> Sequence[M]:
    """Give each row those that point to it, by the name it calls them, as `prefetch_related` would;
    return the rows."""
    by_key: dict[Any, list[Model]] = defaultdict(list)
    key = _points_to(type(rows[0]), name) if rows else ""
    for row in many if rows else ():
        by_key[getattr(row, key)].append(row)
    for row in rows:
        queryset = getattr(row, name).all()
        queryset._result_cache, queryset._prefetch_done = by_key[row.pk], True
        row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = queryset
    return rows


def _points_to(model: type[Model], name: str) -> str:
    relation = model._meta.get_field(name)
    assert isinstance(relation, ManyToOneRel)
    return relation.field.attname


def _sql(queryset: QuerySet[Any]) -> tuple[str, Sequence[Any]] | None:
    """Return the rows as one value, a list of lists, and its parameters; None for no rows."""
    paths = [column.path for column in _columns(queryset)]
    try:
        text, params = queryset.values_list(*paths).query.sql_with_params()
    except EmptyResultSet:
        return None
    names = [f"c{number}" for number in range(len(paths))]
    parts = (names[start : start + _MOST] for start in range(0, len(names), _MOST))
    values = " || ".join(f"jsonb_build_array({', '.join(part)})" for part in parts)
    alias = f"part({', '.join(names)})"
    return f"(SELECT coalesce(json_agg({values}), '[]') FROM ({text}) AS {alias})", params


_MOST = 100
"""PostgreSQL takes so many arguments of one function."""


def _columns(queryset: QuerySet[Any]) -> list[_Column]:
    """Return the columns of a queryset, of its model, of related models, and annotations."""
    names, is_left_out = queryset.query.deferred_loading
    columns = [
        column
        for column in _fields(queryset.model, _related(queryset))
        if column.field.primary_key or (_plain(column) in names) is not is_left_out
    ]
    annotations = queryset.query.annotation_select.items()
    return [*columns, *(_Column(name, value.output_field) for name, value in annotations)]


def _plain(column: _Column) -> str:
    """Return the path of a column as `defer` names it."""
    return column.path.removesuffix(column.field.attname) + column.field.name


def _related(queryset: QuerySet[Any]) -> "Related":
    related = queryset.query.select_related
    assert not isinstance(related, bool) or not related, "Name what select_related fetches."
    return related or {}


def _fields(model: type[Model], related: Related, prefix: str = "") -> Iterator[_Column]:
    for field in model._meta.concrete_fields:
        if not isinstance(field, BinaryField):
            yield _Column(f"{prefix}{field.attname}", field)
    for name, deeper in related.items():
        _, target = _key(model, name)
        yield from _fields(target, deeper, f"{prefix}{name}__")


def _key(model: type[Model], name: str) -> "tuple[ForeignKey[Any, Any], type[Model]]":
    """Return a key that points to another row, and that row's model."""
    key = model._meta.get_field(name)
    assert isinstance(key, ForeignKey)
    assert not isinstance(key.related_model, str)
    return key, key.related_model


def _object(queryset: QuerySet[Any], columns: Sequence[_Column], values: Sequence[Any]) -> Model:
    """Return one row as an instance of its model, with what is related."""
    by_path = {
        column.path: column.read(value) for column, value in zip(columns, values, strict=True)
    }
    row = _instance(queryset.db, queryset.model, _related(queryset), by_path)
    assert row is not None
    for name in queryset.query.annotation_select:
        setattr(row, name, by_path[name])
    return row


def _instance(
    db: str, model: type[Model], related: Related, by_path: Mapping[str, Any], prefix: str = ""
) -> Model | None:
    assert model._meta.pk is not None
    if by_path[f"{prefix}{model._meta.pk.attname}"] is None:
        return None
    columns = [field.attname for field in model._meta.concrete_fields]
    names = [name for name in columns if f"{prefix}{name}" in by_path]
    row = model.from_db(db, names, [by_path[f"{prefix}{name}"] for name in names])
    for name, deeper in related.items():
        key, target = _key(model, name)
        key.set_cached_value(row, _instance(db, target, deeper, by_path, f"{prefix}{name}__"))
    return row
