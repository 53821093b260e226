"""The history of a child's record and cases, field by field: before, after, who and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Value

from onroll.accounts.models import User
from onroll.audit import words as audit_words
from onroll.audit.models import ChangeEvent
from onroll.cases.models import Case
from onroll.cases.queries.child import Home
from onroll.children.models import Child
from onroll.record.values import in_words_of
from onroll.schools.models import School

OF_CASES = ("cases_case", "cases_casereason", "cases_member", "clocks_deadline", "cases_deadline")
"""Only for who sees every case of the child."""
OF_CHILD = (
    *("children_child", "children_name", "children_identifier", "children_detail"),
    *("children_flag", "children_place"),
)
OF_HOME = ("children_address", "children_adult", "children_relationship")
"""Only for who sees every address and contact of the child (access matrix, rows 7 and 8)."""
NOT_SHOWN = frozenset(
    {
        *("id", "ref", "version", "child_id", "case_id", "source_id", "source_row", "added_at"),
        *("subject", "subject_id", "place_id", "left_place_id", "opened_from_id", "adult_id"),
        *("ended_by_id", "confirmed_from_id", "merged_into_id", "order", "uprn"),
        "search_keys",
    }
)
"""Columns that say where a row belongs, and nothing of the child."""
_WHY = ("why", "remark", "withdrawn_why")
_WITH_REASONS = ("children_correction", "cases_step", "clocks_deadlinechange", "cases_casereason")


@dataclass(frozen=True)
class FieldChange:
    """One field: its label, what it was, and what it is since."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row that was added, changed or deleted at one moment: by whom, why, and its fields."""

    at: datetime
    by: str
    title: str
    why: str
    is_change: bool
    """Whether the row was there before, and holds since what the fields say."""
    fields: tuple[FieldChange, ...]


def changes_of(child: Child, user: User, home: Home, *, on: date) -> QuerySet[ChangeEvent]:
    """Return the entries of the trail about a child that a person may see, newest first.

    Notes, risk and sightings have pages of their own, for who may read them.
    """
    cases = Case.objects.filter(child=child)
    hidden = cases.exclude(pk__in=Case.objects.visible_to(user, on=on).values("pk"))
    tables = [
        *OF_CHILD,
        *(OF_HOME if _sees_home(home) else ()),
        *(() if hidden.exists() else OF_CASES),
    ]
    rows = ChangeEvent.objects.filter(child_ids__contains=[child.pk], table_name__in=tables)
    return rows.order_by("-id")


def in_words(rows: Iterable[ChangeEvent], child: Child, home: Home) -> list[RowChange]:
    """Return entries of the trail about a child in words; two queries, however many they are."""
    rows = list(rows)
    names, whys = _names(rows), _whys(rows, child, home)
    changes = (_change(row, names, whys[row.pk]) for row in rows)
    return [change for change in changes if change.fields]


def _change(row: ChangeEvent, names: Mapping[tuple[str, int], str], why: str) -> RowChange:
    verb = {"insert": "Added", "update": "Changed", "delete": "Deleted"}[row.verb]
    by = names.get(("user", row.actor_id or 0)) or "Onroll"
    title = f"{verb}: {audit_words.kind(row.table_name)}"
    is_change = row.verb == "update"
    return RowChange(row.recorded_at, by, title, why, is_change, tuple(_fields(row, names)))


def _fields(row: ChangeEvent, names: Mapping[tuple[str, int], str]) -> Iterator[FieldChange]:
    before, after = row.before or {}, row.after or {}
    for column in dict.fromkeys((*before, *after)):
        if column in NOT_SHOWN:
            continue
        was, now = before.get(column), after.get(column)
        is_changed = row.verb == "update" and column in after
        if is_changed or (row.verb != "update" and (was or now)):
            label = audit_words.field(column)
            yield FieldChange(
                f"{label[:1].upper()}{label[1:]}",
                in_words_of(row.table_name, column, was, names),
                in_words_of(row.table_name, column, now, names),
            )


def _names(rows: Iterable[ChangeEvent]) -> dict[tuple[str, int], str]:
    """Return the names of the people and schools that entries point to; one query."""
    people, schools = set[int](), set[int]()
    for row in rows:
        people.add(row.actor_id or 0)
        for values in (row.before or {}, row.after or {}):
            people |= {value for key, value in values.items() if _is_person(key, value)}
            schools |= {values["school_id"]} if isinstance(values.get("school_id"), int) else set()
    users = User.objects.filter(pk__in=people).order_by()
    places = School.objects.filter(pk__in=schools).order_by()
    of_users = users.values_list(Value("user"), "pk", "name")
    of_schools = places.values_list(Value("school"), "pk", "name")
    return {(kind, pk): name for kind, pk, name in of_users.union(of_schools, all=True)}


def _is_person(column: str, value: Any) -> bool:
    named = column in ("owner_id", "user_id") or column.endswith("_by_id") or column == "by_id"
    return named and isinstance(value, int)


def _whys(rows: Sequence[ChangeEvent], child: Child, home: Home) -> dict[int, str]:
    """Return by entry the reason that somebody gave with it, about the same child; one query.

    It is the next one of the same transaction, or the last before: an action writes down why at
    its end. What was said of a correction may name a home.
    """
    tables = _WITH_REASONS if _sees_home(home) else _WITH_REASONS[1:]
    same = ChangeEvent.objects.filter(
        txid__in={row.txid for row in rows},
        table_name__in=tables,
        child_ids__contains=[child.pk],
    )
    given: dict[int, list[tuple[int, str]]] = {}
    for pk, txid, after in same.order_by("id").values_list("id", "txid", "after"):
        values: dict[str, Any] = after or {}
        if why := next((values[name] for name in _WHY if values.get(name)), ""):
            given.setdefault(txid, []).append((pk, why))
    return {row.pk: _nearest(row.pk, given.get(row.txid, [])) for row in rows}


def _nearest(pk: int, reasons: Sequence[tuple[int, str]]) -> str:
    """Return the first reason after an entry, else the last before; "" for none."""
    after = (why for key, why in reasons if key >= pk)
    return next(after, reasons[-1][1] if reasons else "")


def _sees_home(home: Home) -> bool:
    return home.sees_all and not home.hides_adults
