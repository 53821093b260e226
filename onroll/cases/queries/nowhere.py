"""The children of school age nobody knows a place for, and who have no case yet."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from onroll.cases.models import Case
from onroll.children.models import Place, PlaceKind
from onroll.children.models.place import EDUCATION
from onroll.rules import age

HOPED_FOR = (PlaceKind.NAMED.value, PlaceKind.OFFERED.value, PlaceKind.ABROAD.value)


def nowhere_known(*, on: date) -> QuerySet[Any]:
    """Return the last place of each child of school age who is nowhere known to be on a day (P01).

    Left out: children with an open case, with a case closed since they left, and those whose
    move abroad an officer has confirmed. `is_expected_elsewhere`, on each Place, says that a new
    place was named, for that day or a later one.
    """
    theirs = Place.objects.filter(child=OuterRef("child"))
    cases = Case.objects.filter(child=OuterRef("child"))
    last = theirs.filter(kind__in=EDUCATION, to_on__gt=OuterRef("to_on"))
    abroad = theirs.filter(kind=PlaceKind.ABROAD.value, is_confirmed=True)
    youngest, oldest = _of_age(on)
    return (
        Place.objects.filter(
            kind__in=EDUCATION,
            to_on__lt=on,
            child__died_on__isnull=True,
            child__born_on__range=(oldest, youngest),
        )
        .filter(
            ~Exists(theirs.filter(kind__in=EDUCATION).on_day(on)),
            ~Exists(last),
            ~Exists(abroad.on_day(on)),
            ~Exists(cases.filter(closed_on__isnull=True)),
            ~Exists(cases.filter(closed_on__gte=OuterRef("to_on"))),
        )
        .annotate(
            is_expected_elsewhere=Exists(
                theirs.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), kind__in=HOPED_FOR)
            )
        )
        .select_related("child", "school", "source", "ended_by")
        .order_by("child_id", "pk")
        .distinct("child_id")
    )


def _of_age(on: date) -> tuple[date, date]:
    """Return the birthdays of the youngest and the oldest child of school age on a day."""
    starts = max(d for d in _prescribed(on.year) if d <= on)
    youngest = starts.replace(year=starts.year - 5)
    leaving = age.leaving_date(on.year)
    first = on.year - 16 if on > leaving else on.year - 17
    return youngest, date(first, 9, 1)


def _prescribed(year: int) -> tuple[date, ...]:
    return (date(year - 1, 12, 31), date(year, 3, 31), date(year, 8, 31), date(year, 12, 31))
