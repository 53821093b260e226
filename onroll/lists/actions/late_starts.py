"""Places that lists promised and nobody took up, found when no further list comes (P04)."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction

from onroll.children.models import Place
from onroll.intake.models import ListKind, Transfer
from onroll.lists.actions.evidence import Comparison
from onroll.lists.actions.findings import keep_findings
from onroll.lists.actions.promises import never_arrived, promised_places
from onroll.schools.queries import calendar_for, our_policy

PROMISE_LISTS = (ListKind.OFFERS.value, ListKind.JOINERS.value)


@transaction.atomic
def find_late_starts(*, on: date, at: datetime) -> int:
    """Find children who never started at a place that a list named; return how many.

    Each waits in review, as when a list had shown it, once more school days have passed than the
    policy waits for an arrival. Safe to do again.
    """
    lists = Transfer.objects.filter(list_kind__in=PROMISE_LISTS, source__isnull=False)
    places = promised_places(on).filter(source__in=lists.values("source"))
    by_list: dict[int, list[int]] = defaultdict(list)
    for place in places:
        if _is_late(place, on):
            by_list[place.source_id].append(place.pk)
    number = 0
    for transfer in lists.filter(source__in=by_list).select_related("source"):
        late = places.filter(pk__in=by_list[transfer.source_id or 0])
        findings = list(never_arrived(Comparison(transfer, on, at), late))
        number += keep_findings(findings, at=at)
    return number


def _is_late(place: Place, on: date) -> bool:
    if place.from_on is None:
        return False
    wait = our_policy().on(place.from_on).arrival_school_days
    return calendar_for(place.school).between(place.from_on, on) > wait
