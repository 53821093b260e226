"""Families that asked about places, and of whom nobody has taken note yet."""

from datetime import date, datetime

from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.admissions.models import RECEIVERS, Family, Receiver
from onroll.cases.offers import Todo
from onroll.rules.day import Call
from onroll.schools.models import School
from onroll.schools.queries import visible_schools

NoFamily = Family.DoesNotExist


def families(user: User) -> QuerySet[Family]:
    """Return the families in a person's sight, the newest first."""
    rows = Family.objects.visible_to(user).select_related("sent_by", "school")
    return rows.prefetch_related("children", "receipts__by")


def get_family(user: User, ref: str) -> Family:
    """Return a family in a person's sight; Family.DoesNotExist otherwise."""
    return families(user).get(ref=ref)


def receiver_of(user: User) -> Receiver | None:
    """Return as whom a person takes note of families; None for others."""
    return RECEIVERS.get(Role(user.role)) if user.role else None


def school_of(user: User) -> School | None:
    """Return the school for which a person works; None for an officer, or one of several."""
    schools = list(visible_schools(user)[:2]) if user.role == Role.SCH.value else []
    return schools[0] if len(schools) == 1 else None


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many families wait for a person's receipt."""
    receiver = receiver_of(user)
    if receiver is None:
        return []
    rows = Family.objects.visible_to(user).without_receipt(receiver)
    words = ("family that asks about places", "families that ask about places")
    return [
        Todo(
            "families",
            rows,
            words,
            "admissions:families",
            meaning="new",
            since="sent_at",
            desk=_DESKS[receiver],
            call=Call.NOT_ACCEPTED,
        )
    ]


_DESKS = {Receiver.ADMISSIONS: "Admissions", Receiver.LEAD_OFFICER: "the lead officer"}
