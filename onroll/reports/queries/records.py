"""What the records of a week's files did: on which list of the report each child is (P52).

The report and the page of the day both count here, so that their numbers agree.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from onroll.cases.models import CaseReason
from onroll.intake.models import Effect, Purpose, Row

OPENED = (Effect.CASE_OPENED.value, Effect.CASE_JOINED.value)
_LISTS = {
    Effect.HOME_EDUCATION.value: "home_education",
    Effect.MOVED_ABROAD.value: "abroad",
    Effect.GAP_CLOSED.value: "gaps_closed",
}
_BY_REASON = {"moved_abroad": "abroad", "excluded": ""}
"""Reasons of a case that put a record on a list of its own."""


def list_of(effect: str, reason: str) -> str:
    """Return the list a record is on, by its effect and the reason of its case."""
    if effect in OPENED:
        return _BY_REASON.get(reason, "unknown")
    return _LISTS.get(effect, "")


def records_of_the_week(*, since: datetime, until: datetime) -> QuerySet[Any]:
    """Return the records applied between two times that are on a list, with `reason`."""
    return _applied(since, until).filter(effect__in=(*OPENED, *_LISTS))


def _applied(since: datetime, until: datetime) -> QuerySet[Any]:
    reasons = CaseReason.objects.filter(
        case=OuterRef("case"), source=OuterRef("transfer__source"), source_row=OuterRef("number")
    )
    return Row.objects.filter(
        applied_at__gte=since,
        applied_at__lt=until,
        child__isnull=False,
    ).annotate(reason=Coalesce(Subquery(reasons.values("code")[:1]), Value("")))


def where_leavers_went(*, since: datetime, until: datetime) -> dict[str, int]:
    """Return how many children left for each destination: one query.

    Children on a list of the report count for that list, so that both numbers agree; others count
    by what their leaver's or transfer file stated.
    """
    went: dict[str, set[int]] = defaultdict(set)
    is_leaver = Q(purpose__in=[Purpose.LEAVER.value, Purpose.TRANSFER.value])
    rows = _applied(since, until).filter(Q(effect__in=(*OPENED, *_OF_LEAVERS)) | is_leaver)
    for effect, reason, child in rows.order_by().values_list("effect", "reason", "child_id"):
        went[_went(effect, reason)].add(child)
    return {code: len(children) for code, children in went.items()}


_OF_LEAVERS = (Effect.HOME_EDUCATION.value, Effect.MOVED_ABROAD.value)


def _went(effect: str, reason: str) -> str:
    if effect in OPENED:
        return list_of(effect, reason) or reason
    return _LISTS[effect] if effect in _OF_LEAVERS else effect


def children_by_list(*, since: datetime, until: datetime) -> dict[str, int]:
    """Return how many children are on each list: one query."""
    children: dict[str, set[int | None]] = defaultdict(set)
    rows = records_of_the_week(since=since, until=until).order_by()
    for effect, reason, child in rows.values_list("effect", "reason", "child_id"):
        children[list_of(effect, reason)].add(child)
    return {name: len(children[name]) for name in ("unknown", *_LISTS.values())}
