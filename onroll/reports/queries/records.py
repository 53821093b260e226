"""What the records of a week's files did: in which list of the report each child stands (P52).

The report and the page of the day both count here, so that they cannot say two numbers.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from onroll.cases.models import CaseReason
from onroll.intake.models import Row

OPENED = ("case_opened", "case_joined")
_LISTS = {
    "home_education": "home_education",
    "moved_abroad": "abroad",
    "gap_closed": "gaps_closed",
}
_BY_REASON = {"moved_abroad": "abroad", "excluded": ""}
"""Where a case's reason says more than that nobody knows of a place."""


def list_of(effect: str, reason: str) -> str:
    """Return the list in which a record stands by what it did and why its case is there."""
    if effect in OPENED:
        return _BY_REASON.get(reason, "unknown")
    return _LISTS.get(effect, "")


def records_of_the_week(*, since: datetime, until: datetime) -> QuerySet[Any]:
    """Return the records applied between two moments that stand in a list, each with `reason`."""
    given = CaseReason.objects.filter(
        case=OuterRef("case"), source=OuterRef("transfer__source"), source_row=OuterRef("number")
    )
    return Row.objects.filter(
        applied_at__gte=since,
        applied_at__lt=until,
        effect__in=(*OPENED, *_LISTS),
        child__isnull=False,
    ).annotate(reason=Coalesce(Subquery(given.values("code")[:1]), Value("")))


def children_by_list(*, since: datetime, until: datetime) -> dict[str, int]:
    """Return how many children stand in each list, each child once in a list: one query."""
    told: dict[str, set[int | None]] = defaultdict(set)
    rows = records_of_the_week(since=since, until=until).order_by()
    for effect, reason, child in rows.values_list("effect", "reason", "child_id"):
        told[list_of(effect, reason)].add(child)
    return {name: len(told[name]) for name in ("unknown", *_LISTS.values())}
