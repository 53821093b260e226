"""Schools' reports that are before the officer for home education (P68)."""

from django.db.models import F, QuerySet

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.offers import Todo
from onroll.referrals.models import HomeEducationReport

NoReport = HomeEducationReport.DoesNotExist


def reports(user: User) -> QuerySet[HomeEducationReport]:
    """Return the reports this person may see (access matrix, row 22), those to receive first."""
    if not may(user, Permission.HOME_EDUCATION):
        return HomeEducationReport.objects.none()
    rows = HomeEducationReport.objects.select_related("referral", "received_by")
    return rows.prefetch_related("referral__children__case").order_by(
        F("received_at").desc(nulls_first=True), "at"
    )


def todo(user: User) -> list[Todo]:
    """Return how many reports wait to be received, for whose work that is."""
    if not may(user, Permission.HOME_EDUCATION):
        return []
    rows = reports(user).filter(received_at=None)
    words = (
        "school’s report for home education to receive",
        "schools’ reports for home education to receive",
    )
    return [Todo("home_education_reports", rows, words, "referrals:reports", {}, "soon")]
