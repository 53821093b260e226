"""The children of one household beside each other, each with the state of their own case.

Each is a child of their own: nothing is taken from one record for another. Nobody is shown where
one of the children is protected: a page that puts two together would tell where a child is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.cases.queries.child import children_in_sight
from onroll.children.models import Address, AddressKind, Child, Relationship
from onroll.children.queries import protected_of

SAME_HOME = "Lives at the same address"
SAME_CONTACT = "Has a contact in common"


@dataclass(frozen=True)
class Relative:
    """Another child of the household: what joins the two, and their newest case in sight."""

    child: Child
    ties: Sequence[str]
    case: Case | None


def household_of(child: Child, user: User, *, on: date) -> list[Relative]:
    """Return the other children of a child's household whom a person may see, the oldest first.

    The queries are constant. Nobody where the child is protected; no other who is.
    """
    homes = _homes_of(child)
    ties = _relatives(child, user, homes, on=on)
    shown = Case.objects.visible_to(user, on=on).filter(child__in=[row.pk for row in ties])
    newest = {case.child_id: case for case in shown.select_related("owner").order_by("pk")}
    return [Relative(row, words, newest.get(row.pk)) for row, words in ties.items()]


def brothers_and_sisters(child: Child, user: User, *, on: date) -> list[Child]:
    """Return the other children of the household alone."""
    return list(_relatives(child, user, _homes_of(child), on=on))


def _homes_of(child: Child) -> list[tuple[str, list[str]]]:
    """Return the homes of a child who is not protected, each as postcode and lines."""
    if protected_of([child.pk]):
        return []
    homes = _homes().filter(child=child)
    return list(homes.values_list("postcode", "lines"))


def _homes() -> QuerySet[Address]:
    rows = Address.objects.filter(kind=AddressKind.HOME.value, to_on__isnull=True)
    return rows.exclude(postcode="")


def _relatives(
    child: Child, user: User, homes: Sequence[tuple[str, list[str]]], *, on: date
) -> dict[Child, list[str]]:
    if not homes and protected_of([child.pk]):
        return {}
    same_home = _homes().filter(
        child=OuterRef("pk"), postcode__in={postcode for postcode, _ in homes}
    )
    contacts = Relationship.objects.filter(child=child).values("adult")
    same_contact = Relationship.objects.filter(child=OuterRef("pk"), adult__in=contacts)
    rows = (
        children_in_sight(user, on=on)
        .filter(Q(Exists(same_home)) | Q(Exists(same_contact)), merged_into__isnull=True)
        .exclude(pk=child.pk)
        .annotate(has_contact=Exists(same_contact))
        .prefetch_related("addresses")
        .order_by("born_on", "pk")
    )
    ties = {row: _ties(row, homes) for row in rows}
    withheld = protected_of([row.pk for row in ties])
    return {row: words for row, words in ties.items() if words and row.pk not in withheld}


def _ties(child: Child, homes: Sequence[tuple[str, list[str]]]) -> list[str]:
    live = [home for home in child.addresses.all() if home.kind == AddressKind.HOME.value]
    is_there = any(home.to_on is None and (home.postcode, home.lines) in homes for home in live)
    words = [SAME_HOME] if is_there else []
    return [*words, SAME_CONTACT] if getattr(child, "has_contact", False) else words
