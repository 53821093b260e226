"""Withdraw what lists showed once a file or another list explains it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import Q, QuerySet

from onroll.children import actions as children
from onroll.children.models import Place, PlaceKind, Source
from onroll.children.models.place import EDUCATION
from onroll.intake.models import Row
from onroll.lists.models import Explanation, Finding
from onroll.rules.findings import OF_NOBODY, FindingKind
from onroll.schools.models import School

REGISTERED = PlaceKind.REGISTERED.value
DAY = timedelta(days=1)

Children: TypeAlias = "Collection[int] | QuerySet[Any, Any]"
"""Numbers of children, or the query that gives them."""


@transaction.atomic
def withdraw_on_list(*, school: School | None, children: Children, on: date, at: datetime) -> None:
    """Withdraw findings that nobody has these children, now that the list of a day has them.

    The list is the roll of the school or, without one, the home education list. Findings that were
    answered are withdrawn too: if a child goes missing again, the old answer stops no question.
    """
    findings = Finding.objects.filter(
        school=school,
        child__in=children,
        kind__in=OF_NOBODY,
        withdrawn_at__isnull=True,
        transfer__listed_on__lte=on,
    )
    findings.update(withdrawn_at=at, explanation=Explanation.ON_LIST.value, explained_on=on)


@transaction.atomic
def withdraw(*, children: Children, at: datetime) -> None:
    """Withdraw the findings about these children that later news explains, each with what does.

    A child has turned out to be educated somewhere, or to be on one roll only. Where a roll lacked
    the child, the stay at that school ends too.
    """
    waiting = Finding.objects.waiting().filter(child__in=children)
    by_child: dict[int, list[Finding]] = defaultdict(list)
    for finding in waiting.select_related("child", "school", "transfer__source"):
        by_child[finding.child_id].append(finding)
    if not by_child:
        return
    places = Place.objects.on_day(at.date()).filter(child__in=list(by_child), kind__in=EDUCATION)
    places_of: dict[int, list[Place]] = defaultdict(list)
    for place in places.select_related("school", "source").order_by("pk"):
        places_of[place.child_id].append(place)
    moments = _record_moments(list(by_child))
    over = []
    for child, findings in by_child.items():
        for finding in findings:
            if _explain(finding, places_of[child], moments):
                finding.withdrawn_at, finding.explained_on = at, at.date()
                over.append(finding)
    Finding.objects.bulk_update(over, _EXPLAINED, batch_size=500)
    _end_old_places(over, at)


_EXPLAINED = ("withdrawn_at", "explanation", "explained_on", "explained_by")

RecordKey = tuple[int, int | None]
"""A source's number and that of the record in it."""


def _record_moments(children: Collection[int]) -> dict[RecordKey, datetime]:
    """Return when each record of these children took effect; if unsure at first, when settled."""
    rows = Row.objects.filter(child__in=children).select_related("transfer")
    rows = rows.only("number", "applied_at", "transfer__source")
    return {
        (row.transfer.source_id, row.number): row.applied_at
        for row in rows
        if row.applied_at is not None and row.transfer.source_id is not None
    }


def _explain(
    finding: Finding, places: Iterable[Place], moments: Mapping[RecordKey, datetime]
) -> bool:
    """Put into a finding what explains it; return whether anything does."""
    if finding.kind == FindingKind.ON_TWO:
        schools = {p.school_id for p in places if p.kind == REGISTERED and p.to_on is None}
        finding.explanation = "" if len(schools) > 1 else Explanation.ON_ONE_ROLL.value
    else:
        news = (place for place in places if _is_news(place, finding, moments))
        finding.explained_by = next(news, None)
        finding.explanation = Explanation.AT_PLACE.value if finding.explained_by else ""
    return bool(finding.explanation)


def _is_news(place: Place, finding: Finding, moments: Mapping[RecordKey, datetime]) -> bool:
    """Say whether a place became known after the finding, which weighed all that was known."""
    known_at = moments.get((place.source_id, place.source_row), place.source.recorded_at)
    is_of_another = place.source_id != finding.transfer.source_id
    is_later = known_at > finding.found_at or (is_of_another and known_at == finding.found_at)
    return is_later and (place.kind == REGISTERED or place.is_confirmed)


def _end_old_places(findings: Iterable[Finding], at: datetime) -> None:
    """End the open stays of explained findings at the schools whose rolls lack the children.

    The last day is the one before the list. Stays stated after the finding are left as they are.
    """
    by_list: dict[tuple[Source, date], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.type.ends_stay and finding.transfer.source is not None:
            on = finding.transfer.listed_on or at.date()
            by_list[finding.transfer.source, on].append(finding)
    for (source, on), of_list in by_list.items():
        stays = Q()
        for finding in of_list:
            stays |= Q(child=finding.child_id, school=finding.school_id)
        latest = max(finding.found_at for finding in of_list)
        places = Place.objects.filter(stays, kind=REGISTERED, to_on__isnull=True)
        left = places.filter(source__recorded_at__lte=latest).exclude(from_on__gt=on - DAY)
        children.end_places(
            places=list(left.values_list("pk", flat=True)), on=on - DAY, source=source
        )
