"""When a person last looked at a case, and saw the child: for Today, officers and the register."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import DateTimeField, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest

from onroll.accounts.models import User
from onroll.cases.models import Case, Note, RiskReview, Sighting, Step
from onroll.rules.day import last_look_allowed, working_days_before
from onroll.rules.hours import ENGLAND
from onroll.rules.risk import RiskAnswer

NOT_SEEN_DAYS = ("5", "10", "20", "40")
"""Working days in which nobody saw a child and said that the child is safe."""


def last_look(case: str = "pk") -> Greatest:
    """Return when a person last wrote something on a case; `case` leads to its key."""
    return Greatest(*(_newest(model, case) for model in (Step, Note, RiskReview)))


def _newest(model: Any, case: str) -> Subquery:
    """Return when a person last wrote something of a kind on a case."""
    rows = model.objects.filter(case=OuterRef(case), by__isnull=False)
    return Subquery(rows.order_by("-at").values("at")[:1])


def unseen(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    """Return the cases of children whom nobody has seen and found safe since a day, on any case."""
    if value not in NOT_SEEN_DAYS and value != "never":
        return cases
    safe = Sighting.objects.filter(case__child=OuterRef("child"), withdrawn_at__isnull=True)
    safe = safe.filter(is_safe=RiskAnswer.YES.value)
    if value != "never":
        safe = safe.filter(seen_on__gte=working_days_before(on, int(value)))
    return cases.filter(~Exists(safe))


def unlooked(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    """Return the cases on which nobody has written anything for ten working days, as on Today."""
    if value != "yes":
        return cases
    first = datetime.combine(last_look_allowed(on), time(), ENGLAND)
    looked = Coalesce(last_look(), Cast(F("opened_on"), DateTimeField()))
    return cases.annotate(looked_at=looked).filter(looked_at__lt=first)
