"""How much each officer has: open cases, how grave, how late, and the one longest not looked at."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Cast, Coalesce

from onroll.accounts.models import Cover, User
from onroll.cases.models import Case
from onroll.cases.queries.day import is_overdue_by_law
from onroll.cases.queries.looks import last_look
from onroll.cases.queries.own import cover_in_words, cover_today
from onroll.cases.queries.risk import level_is
from onroll.cases.queries.waiting import OfOldest
from onroll.rules.risk_level import RiskLevel
from onroll.rules.workload import OWNER_ROLES, Load, least, why_least

_NOBODY = {"pk": None, "name": "Nobody yet", "is_lead": False, "cover": None}


@dataclass(frozen=True)
class Officer:
    """What one officer has; of what nobody has, `pk` is None.

    `ref` is the case that is longest not looked at, and `since` when somebody last wrote on it.
    """

    pk: int | None
    load: Load
    is_lead: bool
    ref: str
    since: datetime | None
    cover: str = ""
    """Who covers for them today, in words."""


def officers(*, on: date) -> list[Officer]:
    """Return who has open cases and every lead officer, the least first, and last what nobody has;
    two queries."""
    everybody = User.objects.annotate(is_lead=Exists(_leads()), cover=cover_today("pk", on=on))
    users = _with_figures(everybody, on=on)
    rows = [_officer(row) for row in users.filter(Q(is_lead=True) | Q(number__gt=0))]
    rows.sort(key=lambda row: (row.load.weight, row.load.number, row.load.name))
    unowned = Case.objects.filter(owner__isnull=True, closed_on__isnull=True)
    nobody = unowned.annotate(**_facts("", on)).aggregate(**_figures("pk", "ref"))
    return [*rows, _officer({**_NOBODY, **nobody})]


def proposed(*, on: date, apart_from: int | None = None) -> str:
    """Say which lead officer has least, and how much, where cases are given to somebody.

    Who has them now is left out, and who is away. Nothing where there is nobody.
    """
    away = Cover.objects.in_force(on=on).values("absent_id")
    leads = User.objects.filter(Exists(_leads())).exclude(pk__in=away)
    if apart_from is not None:
        leads = leads.exclude(pk=apart_from)
    load = least(_load(row) for row in _with_figures(leads, on=on))
    return why_least(load) if load else ""


def _leads() -> QuerySet[User]:
    """Return a user who may be proposed as the owner of a case (`rules.workload`)."""
    active = User.objects.filter(pk=OuterRef("pk"), is_active=True)
    return active.filter(roles_held__role__in=OWNER_ROLES)


def _officer(row: dict[str, Any]) -> Officer:
    return Officer(
        row["pk"],
        _load(row),
        row["is_lead"],
        row["oldest"] or "",
        row["since"],
        cover_in_words(row["cover"]),
    )


def _load(row: dict[str, Any]) -> Load:
    return Load(row["name"], row["number"], row["grave"], row["overdue"])


def _with_figures(users: QuerySet[User], *, on: date) -> Any:
    """Return the figures of the open cases of users, one row a user, with those who have none."""
    is_open = Q(cases_owned__closed_on__isnull=True)
    rows = users.annotate(has=FilteredRelation("cases_owned", condition=is_open))
    rows = rows.annotate(**_facts("has__", on)).order_by()
    more = [name for name in ("is_lead", "cover") if name in rows.query.annotations]
    grouped = ("pk", "name", *more)
    return rows.values(*grouped).annotate(**_figures("has__pk", "has__ref"))


def _facts(case: str, on: date) -> dict[str, Any]:
    """Say of a case whether its risk is high, whether it is overdue by law, and who looked when."""
    opened = Cast(F(f"{case}opened_on"), DateTimeField())
    return {
        "is_grave": level_is(RiskLevel.HIGH, case),
        "is_late": is_overdue_by_law(on, f"{case}pk"),
        "looked": Coalesce(last_look(f"{case}pk"), opened),
    }


def _figures(pk: str, ref: str) -> dict[str, Any]:
    return {
        "number": Count(pk),
        "grave": Count(pk, filter=Q(is_grave=True)),
        "overdue": Count(pk, filter=Q(is_late=True)),
        "since": Min("looked"),
        "oldest": OfOldest(ref, order_by=("looked", pk)),
    }
