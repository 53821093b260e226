"""Reading the audit trail."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.db.models.aggregates import Count

from onroll.audit.models import AccessEvent, ChangeEvent, SecurityEvent

KINDS = ("access", "change", "security")


@dataclass(frozen=True)
class Entry:
    """One entry of the trail as a sentence."""

    at: datetime
    kind: str
    actor: str
    role: str
    sentence: str
    reason: str
    request_id: str


@dataclass(frozen=True)
class Viewing:
    """One person who saw a child's record, for one page and ground."""

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

    `only_actor` keeps to one person's own visits (the `*` of the matrix, row 38).
    """
    seen = AccessEvent.objects.filter(child_ids__overlap=list(child_ids))
    if only_actor is not None:
        seen = seen.filter(actor_id=only_actor)
    rows = (
        seen.values("actor", "role", "page", "ground", "reason")
        .annotate(times=Count("id"), first_at=Min("at"), last_at=Max("at"))
        .order_by("-last_at")
    )
    return [Viewing(**row) for row in rows]


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
    found: list[Entry] = []
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
        found += [_entry(name, row) for row in rows.order_by("-id")[:most]]
    return list(islice(sorted(found, key=lambda entry: entry.at, reverse=True), most))


TABLES: dict[str, Any] = {
    "access": AccessEvent,
    "change": ChangeEvent,
    "security": SecurityEvent,
}


def _entry(kind: str, row: Any) -> Entry:
    return Entry(
        at=row.recorded_at,
        kind=kind,
        actor=row.actor or f"unnamed ({row.database_user})",
        role=row.role,
        sentence=SENTENCES[kind](row),
        reason=getattr(row, "reason", ""),
        request_id=row.request_id,
    )


def _access(row: AccessEvent) -> str:
    whom = "1 child" if len(row.child_ids) == 1 else f"{len(row.child_ids)} children"
    cases = f" ({', '.join(row.case_refs[:5])})" if row.case_refs else ""
    shown = f", shown {', '.join(row.fields)}" if row.fields else ""
    return f"saw {row.page}: {whom}{cases}, on the ground {row.ground.replace('_', ' ')}{shown}"


VERBS = {"insert": "added", "update": "changed", "delete": "deleted", "truncate": "emptied"}


def _change(row: ChangeEvent) -> str:
    if row.verb == "truncate":
        return f"emptied the table {row.table_name}"
    changed = f": {', '.join(sorted(row.after or {}))}" if row.verb == "update" else ""
    return f"{VERBS[row.verb]} {row.table_name} {row.row_key}{changed}"


def _security(row: SecurityEvent) -> str:
    about = f" {row.about}" if row.about else ""
    return f"{row.event.replace('_', ' ')}{about}: {row.outcome.replace('_', ' ')}"


SENTENCES: dict[str, Callable[[Any], str]] = {
    "access": _access,
    "change": _change,
    "security": _security,
}
