"""Places that lists promised and nobody took up, found when no further list comes (P04)."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction

from onroll.children.models import Place
from onroll.intake.actions import findings
from onroll.intake.actions.comparing import Comparison, hoped_for, not_taken_up
from onroll.intake.models import ListKind, Transfer
from onroll.schools.queries import calendar_for, our_policy

PROMISED_BY = (ListKind.OFFERS.value, ListKind.JOINERS.value)


@transaction.atomic
def find_not_taken_up(*, on: date, at: datetime) -> int:
    """Find who should have begun at a place that a list named, and is nowhere; return how many.

    Each waits in review, as when a list had shown it, once more school days have passed than the
    policy waits for an arrival. Safe to do again.
    """
    lists = Transfer.objects.filter(list_kind__in=PROMISED_BY, source__isnull=False)
    places = hoped_for(on).filter(source__in=lists.values("source"))
    by_list: dict[int, list[int]] = defaultdict(list)
    for place in places:
        if _is_late(place, on):
            by_list[place.source_id].append(place.pk)
    found = 0
    for transfer in lists.filter(source__in=by_list).select_related("source").defer("content"):
        late = places.filter(pk__in=by_list[transfer.source_id or 0])
        found += findings.keep(list(not_taken_up(Comparison(transfer, on, at), late)), at=at)
    return found


def _is_late(place: Place, on: date) -> bool:
    if place.from_on is None:
        return False
    wait = our_policy().on(place.from_on).arrival_school_days
    return calendar_for(place.school).between(place.from_on, on) > wait
