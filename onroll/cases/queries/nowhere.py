"""The children who are, or may be, of school age and not known to be educated anywhere."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from onroll.cases.models import Case, Closing
from onroll.children.models import Child, Place, PlaceKind
from onroll.children.models.place import EDUCATION, ELSEWHERE
from onroll.clocks.models import Deadline, Subject
from onroll.rules import age

EXPECTED = (PlaceKind.NAMED.value, PlaceKind.OFFERED.value, PlaceKind.ABROAD.value)


def nowhere_known(*, on: date) -> QuerySet[Any]:
    """Return the children not known to be educated anywhere on a day (P01).

    These are children whose education has ended or who have had a case. Left out are children with
    an open case, those whom another country or authority is confirmed to have, those believed
    abroad with a review to come, and records found to be of no child. Children without a date of
    birth may be of age and are included.

    Each has `last_place` (id of the education that ended last), `last_case` (id of the case closed
    last) and `is_expected_elsewhere`: a new place was named, for that day or later. Children who
    never had education here nor a case are found by comparing lists.
    """
    places = Place.objects.filter(child=OuterRef("pk"))
    education = places.filter(kind__in=EDUCATION)
    ended = education.filter(to_on__lt=on).order_by("-to_on", "-pk")
    cases = Case.objects.filter(child=OuterRef("pk"))
    closed = cases.filter(closed_on__isnull=False).order_by("-closed_on", "-pk")
    youngest, oldest = _of_age(on)
    return (
        Child.objects.filter(
            Q(born_on__range=(oldest, youngest)) | Q(born_on__isnull=True),
            Exists(ended) | Exists(closed),
            ~Exists(education.on_day(on)),
            ~Exists(places.filter(kind__in=ELSEWHERE, is_confirmed=True).on_day(on)),
            ~Exists(cases.filter(closed_on__isnull=True)),
            ~Exists(_looks_to_come()),
            ~Exists(_no_such_child()),
            merged_into__isnull=True,
            died_on__isnull=True,
        )
        .annotate(
            last_place=Subquery(ended.values("pk")[:1]),
            last_case=Subquery(closed.values("pk")[:1]),
            is_expected_elsewhere=Exists(
                places.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), kind__in=EXPECTED)
            ),
        )
        .order_by("pk")
    )


def _looks_to_come() -> QuerySet[Case]:
    """Return the cases of children believed abroad that have a running review."""
    running = Deadline.objects.of_each(Subject.CASE, OuterRef("pk")).running()
    return Case.objects.filter(
        Exists(running.filter(clock="believed_review")),
        child=OuterRef("pk"),
        is_outcome_proved=False,
    )


def _no_such_child() -> QuerySet[Closing]:
    return Closing.objects.filter(
        case__child=OuterRef("pk"), mistake="no_such_child", undone_at__isnull=True
    )


def _of_age(on: date) -> tuple[date, date]:
    """Return the dates of birth of the youngest and the oldest child of school age on a day."""
    starts = max(d for d in _prescribed(on.year) if d <= on)
    youngest = starts.replace(year=starts.year - 5)
    leaving = age.leaving_date(on.year)
    first = on.year - 16 if on > leaving else on.year - 17
    return youngest, date(first, 9, 1)


def _prescribed(year: int) -> tuple[date, ...]:
    return (date(year - 1, 12, 31), date(year, 3, 31), date(year, 8, 31), date(year, 12, 31))
