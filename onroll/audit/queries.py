"""Every read of the audit trail."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import Max, Min, QuerySet
from django.db.models.aggregates import Count

from onroll.audit.models import AccessEvent, ChangeEvent, SecurityEvent

KINDS = ("access", "change", "security")


@dataclass(frozen=True)
class Entry:
    """One entry of the trail and its kind, one of `KINDS`."""

    kind: str
    row: Any


@dataclass(frozen=True)
class Viewing:
    """One person who saw a child's record, by page and ground."""

    actor: str
    role: str
    page: str
    ground: str
    reason: str
    times: int
    first_at: datetime
    last_at: datetime


def who_saw(child_ids: Sequence[int], *, only_actor: int | None = None) -> list[Viewing]:
    """Return who saw any of these children, the latest first.

    With `only_actor`, only that person's own visits (`*` in the matrix, row 38).
    """
    visits = AccessEvent.objects.filter(child_ids__overlap=list(child_ids))
    if only_actor is not None:
        visits = visits.filter(actor_id=only_actor)
    return _viewings(visits)


def _viewings(visits: QuerySet[AccessEvent]) -> list[Viewing]:
    rows = (
        visits.values("actor", "role", "page", "ground", "reason")
        .annotate(times=Count("id"), first_at=Min("at"), last_at=Max("at"))
        .order_by("-last_at")
    )
    return [Viewing(**row) for row in rows]


def seen_by_glass(actor_id: int, *, child: int, since: datetime, until: datetime) -> list[Viewing]:
    """Return which pages about a child a person opened by break-glass, the latest first."""
    visits = AccessEvent.objects.filter(child_ids__contains=[child], actor_id=actor_id)
    return _viewings(visits.filter(ground="break_glass", at__gte=since, at__lte=until))


def who_looked(page: str, *, since: datetime, but: int) -> dict[int, datetime]:
    """Return by the key of each person when they were last shown a page since a moment.

    One person is left out.
    """
    visits = AccessEvent.objects.filter(recorded_at__gte=since, page=page).exclude(actor_id=but)
    people = visits.filter(actor_id__isnull=False).order_by().values_list("actor_id")
    return dict(people.annotate(last_at=Max("recorded_at")))


def search(
    *,
    kind: str = "",
    actor: str = "",
    actor_ids: Collection[int] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    most: int = 200,
) -> list[Entry]:
    """Return entries of the trail, the latest first.

    `actor` is part of an e-mail address; `actor_ids` keeps to these people (None: everyone);
    `since` and `until` bound the moment, the second left out. At most `most` come back.
    """
    entries: list[Entry] = []
    for name in [kind] if kind in KINDS else KINDS:
        rows: QuerySet[Any] = TABLES[name].objects.all()
        if actor:
            rows = rows.filter(actor__icontains=actor)
        if actor_ids is not None:
            rows = rows.filter(actor_id__in=actor_ids)
        if since:
            rows = rows.filter(recorded_at__gte=since)
        if until:
            rows = rows.filter(recorded_at__lt=until)
        entries += [Entry(name, row) for row in rows.order_by("-id")[:most]]
    latest_first = sorted(entries, key=lambda entry: entry.row.recorded_at, reverse=True)
    return list(islice(latest_first, most))


TABLES: dict[str, Any] = {
    "access": AccessEvent,
    "change": ChangeEvent,
    "security": SecurityEvent,
}

REFERENCES = {
    "accounts_user": "email",
    "cases_case": "ref",
    "children_child": "ref",
    "intake_transfer": "ref",
    "reports_weeklyreport": "ref",
    "schools_school": "name",
}
"""By table, the column that identifies a row outside the database."""


def references(wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], str]:
    """Return the references of rows, by table and key; deleted rows are left out."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    names: dict[tuple[str, int], str] = {}
    for table, keys in wanted.items():
        rows = models[table]._default_manager.filter(pk__in=keys)
        for key, reference in rows.values_list("pk", REFERENCES[table]):
            names[table, key] = str(reference)
    return names
