"""Enquiries and schools: which school can be asked of a child, and what a school may see."""

from datetime import date

from django.db.models import F, QuerySet

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
    places = Place.objects.at_schools_of(user, on=on).filter(
        child=case.child_id, school__in=visible_schools(user)
    )
    last_first = (F("to_on").desc(nulls_first=True), F("from_on").desc(nulls_last=True), "-pk")
    place = places.select_related("school").order_by(*last_first).first()
    if place is None or place.school is None:
        raise NoSchool
    return place.school


def cases_of_school(user: User, *, on: date) -> QuerySet[Case]:
    """Return the open cases of pupils in a school's sight, without protected children."""
    cases = Case.objects.visible_to(user, on=on).open().filter(plain("child"))
    return cases.select_related("child").order_by("child__surname", "child__forename", "pk")


def enquiries_of_school(user: User, *, on: date) -> EnquiryQuerySet:
    """Return the enquiries that a school made or is asked, the newest first."""
    rows = Enquiry.objects.visible_to(user, on=on).filter(plain("case__child"))
    return with_entries(rows).order_by("-at", "-pk")
