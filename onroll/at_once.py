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


@dataclass(frozen=True)
class Values:
    """Some columns of a queryset, by their paths: its rows come as tuples, and no model is made.

    For what is only counted or put in order, of which few are drawn.
    """

    rows: QuerySet[Any]
    paths: tuple[str, ...]


Query = QuerySet[Any] | Values


def at_once(parts: Mapping[K, Query]) -> dict[K, list[Any]]:
    """Return the rows of each queryset, in its order: one query, none where nothing is asked.

    Related rows come along where `select_related` names them, and annotations; files and columns
    that are deferred do not. `prefetch_related` is not followed. All must be of one database.
    """
    rows: dict[K, list[Any]] = {key: [] for key in parts}
    columns = {key: _columns(part) for key, part in parts.items()}
    sqls = {key: _sql(_queryset(part), columns[key]) for key, part in parts.items()}
    sqls_to_ask = {key: sql for key, sql in sqls.items() if sql is not None}
    if not sqls_to_ask:
        return rows
    texts, params = zip(*sqls_to_ask.values(), strict=True)
    using = _queryset(next(iter(parts.values()))).db
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(texts)}", [value for part in params for value in part])
        answers = cursor.fetchone()
    for key, answer in zip(sqls_to_ask, answers, strict=True):
        values = json.loads(answer) if isinstance(answer, str) else answer
        rows[key] = _rows(parts[key], columns[key], values)
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


def _queryset(part: Query) -> QuerySet[Any]:
    return part.rows if isinstance(part, Values) else part


def _sql(queryset: QuerySet[Any], columns: Sequence["_Column"]) -> tuple[str, Sequence[Any]] | None:
    """Return the rows as one value, a list of lists, and its parameters; None for no rows."""
    paths = [column.path for column in columns]
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


def _columns(part: Query) -> list[_Column]:
    """Return the columns that are read: those named, or all of the queryset's model, of related
    models, and annotations."""
    if isinstance(part, Values):
        return [_Column(path, _field(part.rows, path)) for path in part.paths]
    queryset = part
    names, is_left_out = queryset.query.deferred_loading
    columns = [
        column
        for column in _fields(queryset.model, _related(queryset))
        if column.field.primary_key or (_plain(column) in names) is not is_left_out
    ]
    annotations = queryset.query.annotation_select.items()
    return [*columns, *(_Column(name, value.output_field) for name, value in annotations)]


def _field(queryset: QuerySet[Any], path: str) -> "Field[Any, Any]":
    """Return what a column holds: an annotation, or a field of the model or of a related one."""
    if path in queryset.query.annotations:
        return queryset.query.annotations[path].output_field
    *names, last = path.split("__")
    model = queryset.model
    for name in names:
        _, model = _key(model, name)
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    assert isinstance(field, Field)
    return field.target_field if isinstance(field, ForeignKey) else field


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


def _rows(part: Query, columns: Sequence[_Column], values: Iterable[Sequence[Any]]) -> list[Any]:
    if not isinstance(part, Values):
        return [_object(part, columns, row) for row in values]
    return [
        tuple(column.read(value) for column, value in zip(columns, row, strict=True))
        for row in values
    ]


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
