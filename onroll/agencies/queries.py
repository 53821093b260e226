"""The agencies there are, and whose code somebody has."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.agencies.models import Agency, Code
from onroll.cases.models import Case
from onroll.cases.offers import Panel, Todo
from onroll.children.models import Child
from onroll.rules.agencies import PARTNERS, Partner

NoAgency = Agency.DoesNotExist
YEAR = timedelta(days=365)
"""As often as the policy is sent round, each agency is asked whether its entry is right."""


def agencies(*, at: datetime) -> list[tuple[Agency, int]]:
    """Return all agencies by name, each with how many codes of its people are valid."""
    valid = Q(codes__ended_at__isnull=True, codes__expires_at__gt=at)
    rows = Agency.objects.annotate(number=Count("codes", filter=valid))
    return [(agency, agency.number) for agency in rows.order_by("-is_active", "name")]


def partners_not_listed() -> list[tuple[str, Partner]]:
    """Return the partners of the policy that are not on the list, each with its number there."""
    listed = {name.casefold() for name in Agency.objects.values_list("name", flat=True)}
    return [
        (str(number), partner)
        for number, partner in enumerate(PARTNERS, start=1)
        if partner.name.casefold() not in listed
    ]


def to_tell() -> QuerySet[Agency]:
    """Return the agencies that can be told of something."""
    return Agency.objects.filter(is_active=True).exclude(phone="", email="")


def listed_as(names: Iterable[str]) -> dict[str, list[Agency]]:
    """Return by name the agencies with a telephone number that are listed so; one query.

    The entry may begin with the name, as *Brent admissions* does with Brent.
    """
    rows = Agency.objects.filter(is_active=True).exclude(phone="")
    listed = [(f"{agency.name.casefold()} ", agency) for agency in rows]
    return {
        name: [agency for title, agency in listed if title.startswith(f"{name.casefold()} ")]
        for name in names
    }


def get_agency(ref: str) -> Agency:
    """Return an agency; Agency.DoesNotExist if there is none."""
    return Agency.objects.select_related("confirmed_by").get(ref=ref)


def codes_of(agency: Agency, *, at: datetime) -> QuerySet[Code]:
    """Return the valid codes of an agency's people, the newest first."""
    return agency.codes.valid(at=at).select_related("made_by")


def is_unconfirmed(agency: Agency, *, at: datetime) -> bool:
    """Return whether nobody asked this agency within a year whether its entry is right."""
    return agency.confirmed_at is None or agency.confirmed_at < at - YEAR


def digest(code: str) -> str:
    """Return the hash of a code as somebody typed it: spaces, hyphens and case do not matter."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def find_code(code: str, *, at: datetime) -> Code | None:
    """Return the valid code that somebody typed; None for any other."""
    valid = Code.objects.valid(at=at).select_related("agency")
    return valid.filter(digest=digest(code)).first()


def todo(user: User, *, on: object, at: datetime) -> list[Todo]:
    """Return how many agencies can be told nothing, or were not asked within a year.

    One waits since it was to be asked again; one that was never asked, since it is listed.
    """
    if not may(user, Permission.AGENCIES_MANAGE):
        return []
    is_old = Q(confirmed_at__lt=at - YEAR)
    incomplete = Q(phone="", email="") | Q(confirmed_at__isnull=True)
    rows = Agency.objects.filter(incomplete | is_old, is_active=True)
    words = ("partner agency to confirm", "partner agencies to confirm")
    since = models.Case(
        When(is_old, then=F("confirmed_at") + YEAR),
        default=Coalesce("confirmed_at", "added_at"),
    )
    return [Todo("agencies", rows, words, "agencies:agencies", meaning="new", since=since)]


def panel(child: Child, user: User, *, case: Case | None, on: object) -> Panel | None:
    """Return whom to tell about a child with a case, for who works on cases."""
    if case is None or not may(user, Permission.CASE_WORK):
        return None
    return Panel("agencies/panel.html", {"agencies": list(to_tell())})
