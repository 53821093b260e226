"""Whether a warning holds for a case, and whether it is written down what the police know.

Columns, so that a case without either costs its page no further question to the database.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from onroll.cases.models import PoliceReport, WarningNote
from onroll.children.models import Address
from onroll.children.queries import plain_home


def standing_for(child: Any, deeper: Any) -> QuerySet[WarningNote]:
    """Return the warnings that hold for a child: its own, and those of an address it shares.

    Of a protected address or identity nothing is carried to another child. `deeper` is the child
    as a query within the query calls it.
    """
    shared = Address.objects.filter(
        child=deeper, postcode=OuterRef("address__postcode"), lines=OuterRef("address__lines")
    ).exclude(postcode="")
    is_plain = plain_home("address", "case__child")
    rows = WarningNote.objects.filter(ended_at__isnull=True)
    return rows.filter(Q(case__child=child) | is_plain & Exists(shared))


def has_warning() -> Exists:
    """Return, as a column of cases, whether a warning holds for the child."""
    return Exists(standing_for(OuterRef("child"), OuterRef(OuterRef("child"))))


def has_police_report() -> Exists:
    """Return, as a column of cases, whether it is written down whether the police know."""
    return Exists(PoliceReport.objects.filter(case=OuterRef("pk")))
