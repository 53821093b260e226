"""What schools report to the officer for home education, in referrals and in files (P68)."""

from datetime import date

from django.db.models import F, Q, QuerySet

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.cases.offers import Todo
from onroll.cases.queries import protected
from onroll.children.models import Place, PlaceKind, SourceKind
from onroll.referrals.models import HomeEducationReport
from onroll.rules.day import Call
from onroll.rules.grades import Grade
from onroll.rules.school_reports import Concern, Desk, desks
from onroll.schools.queries import our_policy

NoReport = HomeEducationReport.DoesNotExist


def reports(user: User) -> QuerySet[HomeEducationReport]:
    """Return the reports this person may see (access matrix, row 22), the last received first."""
    if not may(user, Permission.HOME_EDUCATION):
        return HomeEducationReport.objects.none()
    rows = HomeEducationReport.objects.select_related("referral", "received_by")
    return rows.prefetch_related(
        "referral__children__case", "referral__children__decisions"
    ).order_by(F("received_at").desc(nulls_first=True), "at")


def to_receive(user: User) -> QuerySet[HomeEducationReport]:
    """Return the reports that nobody has received, the oldest first."""
    return reports(user).filter(received_at=None)


def of_files(user: User, *, on: date) -> QuerySet[Place]:
    """Return the children of whom a school's file says that they are taught at home, newest first.

    Nobody where the setting of the day sends what is of home education to the hub alone.
    """
    receivers = desks([Concern.HOME_EDUCATION], setting=our_policy().on(on).school_reports_to)
    if Desk.HOME_EDUCATION not in receivers or not may(user, Permission.HOME_EDUCATION):
        return Place.objects.none()
    told = Place.objects.filter(kind=PlaceKind.HOME_EDUCATION.value, to_on__isnull=True)
    told = told.filter(protected.may_know(user, "child"), source__kind=SourceKind.FILE.value)
    told = told.filter(child__merged_into__isnull=True).select_related("child", "source")
    return told.order_by("-source__recorded_at", "pk")


def todo(user: User) -> list[Todo]:
    """Return how many reports wait, for whose work that is to receive; an urgent one presses."""
    if not may(user, Permission.HOME_EDUCATION):
        return []
    rows, is_desk = to_receive(user), user.role == Role.SAL
    words = (
        "school’s report for home education to receive",
        "schools’ reports for home education to receive",
    )
    return [
        Todo(
            "home_education_reports",
            rows,
            words,
            "referrals:reports",
            meaning="soon",
            since="at",
            desk="home education",
            presses=Q(referral__is_urgent=True) | Q(referral__grade=Grade.RED.value),
            call=Call.NOT_ACCEPTED if is_desk else None,
            call_if_late=Call.DANGER if is_desk else None,
        )
    ]
