"""Enquiries and schools: which school can be asked of a child, and what a school may see."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.children.models import Place
from onroll.children.queries import plain, protected_of
from onroll.enquiries.models import Enquiry, EnquiryQuerySet
from onroll.enquiries.queries.log import with_entries
from onroll.schools.models import School
from onroll.schools.queries import visible_schools

NoSchool = School.DoesNotExist


def schools_to_ask(case: Case, *, on: date) -> QuerySet[School]:
    """Return the schools that can be asked in Onroll: those in whose sight the child is."""
    if protected_of([case.child_id]):
        return School.objects.none()
    recent = Place.objects.seen_by_schools(on=on).filter(child=case.child_id).values("school")
    return School.objects.filter(pk__in=recent, staff__isnull=False).distinct().order_by("name")


def sees(school: School, child: int, *, on: date) -> bool:
    """Return whether a school has a child in its sight, by the child's number."""
    return Place.objects.seen_by_schools(on=on).filter(school=school, child=child).exists()


def school_of(user: User, case: Case, *, on: date) -> School:
    """Return by which of a person's schools they see a child: the one they were at last.

    NoSchool where none of them has the child in its sight.
    """
    place = _places(user, on=on).filter(child=case.child_id).select_related("school").first()
    if place is None or place.school is None:
        raise NoSchool
    return place.school


def _places(user: User, *, on: date) -> QuerySet[Place]:
    """Return where the pupils of a person's schools were, each pupil's last place first."""
    places = Place.objects.at_schools_of(user, on=on).filter(school__in=visible_schools(user))
    last_first = (F("to_on").desc(nulls_first=True), F("from_on").desc(nulls_last=True), "-pk")
    return places.order_by(*last_first)


def _at_school(user: User, child: str, *, on: date) -> Subquery:
    """Return the name of the school by which a person sees a child, as `school_of` finds it."""
    return Subquery(_places(user, on=on).filter(child=OuterRef(child)).values("school__name")[:1])


def cases_of_school(user: User, *, on: date) -> QuerySet[Any]:
    """Return the open cases of pupils in a school's sight, without protected children; each with
    the name of the school, `at_school`."""
    cases = Case.objects.visible_to(user, on=on).open().filter(plain("child"))
    cases = cases.annotate(at_school=_at_school(user, "child", on=on))
    return cases.select_related("child").order_by("child__surname", "child__forename", "pk")


def enquiries_of_school(user: User, *, on: date) -> EnquiryQuerySet:
    """Return the enquiries that a school made or is asked, the newest first, each with the name of
    the school, `at_school`."""
    rows = Enquiry.objects.visible_to(user, on=on).filter(plain("case__child"))
    rows = rows.annotate(at_school=_at_school(user, "case__child", on=on))
    return with_entries(rows).order_by("-at", "-pk")
