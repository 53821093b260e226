"""What is protected of a child: the identity, or an address (access matrix, row 8).

Who may know of such a child hangs on cases: `onroll.cases.queries.protected`.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.db.models import Q

from onroll.children.finding import without_addresses
from onroll.children.models import Address, Child
from onroll.matching import Person


def plain(field: str = "") -> Q:
    """Match what leads to a child whose identity is not protected.

    `field` is the path to the child, such as `case__child`; of children themselves there is none.
    A record merged into a protected one is protected as well.
    """
    child = f"{field}__" if field else ""
    into = f"{child}merged_into"
    return Q(**{f"{child}is_protected": False}) & (
        Q(**{f"{into}__isnull": True}) | Q(**{f"{into}__is_protected": False})
    )


def is_plain(child: Child) -> bool:
    """Say whether a child's identity is not protected: `plain` for one child."""
    return not (child.is_protected or (child.merged_into and child.merged_into.is_protected))


def protected_of(children: Collection[int]) -> set[int]:
    """Return those of these children who have a protected identity or a protected address.

    A record merged into such a child counts as one.
    """
    is_protected = (
        Q(is_protected=True)
        | Q(addresses__is_protected=True)
        | Q(merged_into__is_protected=True)
        | Q(merged_into__addresses__is_protected=True)
    )
    return set(Child.objects.filter(is_protected, pk__in=children).values_list("pk", flat=True))


def has_protected_home(child: Child) -> bool:
    """Say whether a child's identity or one of the addresses is protected; of loaded addresses."""
    return any(is_home_protected(child, address) for address in child.addresses.all()) or (
        not is_plain(child)
    )


def is_home_protected(child: Child, address: Address) -> bool:
    """Say whether an address is protected; each of a child with a protected identity is."""
    return address.is_protected or not is_plain(child)


def without_protected_homes(people: Sequence[Person]) -> list[Person]:
    """Return people for a comparison, the protected among them without home and adults.

    Otherwise the answer would tell whether somebody knows the right address.
    """
    keys = [person.key for person in people]
    addresses = Address.objects.filter(child__in=keys, is_protected=True)
    hidden = set(addresses.values_list("child_id", flat=True))
    return [
        _without_home(person) if person.is_protected or person.key in hidden else person
        for person in people
    ]


def _without_home(person: Person) -> Person:
    return replace(person, postcodes=frozenset(), described=without_addresses(person.described))
