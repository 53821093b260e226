"""For whom a person covers, and who covers for an owner. Whose cases are a person's own, for Today,
enquiries and the diary as for what they may do, `is_own` alone decides."""

from collections.abc import Mapping
from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from onroll.accounts.models import Cover, User
from onroll.accounts.queries import covered_by
from onroll.cases.models import is_own
from onroll.rules.dated import in_words

__all__ = ["cover_in_words", "cover_today", "is_own", "name_of_absent"]


def name_of_absent(user: User, *, on: date, case: str = "") -> Subquery:
    """Return the name of the owner of a case for whom a person covers on a day; else None."""
    absent = User.objects.filter(pk=OuterRef(f"{case}owner"), pk__in=covered_by(user, on=on))
    return Subquery(absent.values("name")[:1])


def cover_today(user: str, *, on: date) -> Subquery:
    """Return who covers on a day for the user to whose key `user` leads, and until when."""
    covers = Cover.objects.in_force(on=on).filter(absent=OuterRef(user))
    whole = JSONObject(name="colleague__name", until="until_on")
    return Subquery(covers.values(whole=whole)[:1])


def cover_in_words(cover: Mapping[str, str] | None) -> str:
    """Say who covers and until when; nothing where nobody does."""
    if not cover:
        return ""
    return f"covered by {cover['name']} until {in_words(date.fromisoformat(cover['until']))}"
