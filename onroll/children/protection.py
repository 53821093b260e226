"""What is protected of a child: the identity, an address (access matrix, row 8), or all (row 33).

Who may know of such a child hangs on cases: `onroll.cases.queries.protected`.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.db.models import Exists, OuterRef, Q

from onroll.children.models import Address, Child
from onroll.children.people import without_homes
from onroll.matching import Person


def plain(field: str = "") -> Q:
    """Return a filter for rows whose child's identity is not protected, nor a case sealed.

    `field` is the path from the row to the child, such as `case__child`; empty for children
    themselves. A record merged into a protected one is protected too.
    """
    child = f"{field}__" if field else ""
    into = f"{child}merged_into"
    return Q(**{f"{child}is_protected": False, f"{child}is_sealed": False}) & (
        Q(**{f"{into}__isnull": True})
        | Q(**{f"{into}__is_protected": False, f"{into}__is_sealed": False})
    )


def is_plain(child: Child) -> bool:
    """Return whether a child is neither protected nor sealed: `plain` for one child."""
    records = (child, child.merged_into) if child.merged_into else (child,)
    return not any(record.is_protected or record.is_sealed for record in records)


def protected_of(children: Collection[int]) -> set[int]:
    """Return the ids among these of children who are sealed, or whose identity or an address is
    protected.

    A record merged into such a child counts too.
    """
    is_protected = (
        Q(is_protected=True)
        | Q(is_sealed=True)
        | Q(addresses__is_protected=True)
        | Q(merged_into__is_protected=True)
        | Q(merged_into__is_sealed=True)
        | Q(merged_into__addresses__is_protected=True)
    )
    return set(Child.objects.filter(is_protected, pk__in=children).values_list("pk", flat=True))


def plain_home(address: str, child: str) -> Q:
    """Return a filter for rows whose address is not protected, nor their child's identity.

    Both are paths from the row, such as `address` and `case__child`.
    """
    return Q(**{f"{address}__is_protected": False}) & plain(child)


def holds_protected_address(child: str) -> Exists:
    """Return whether a child has a protected address, as a column; `child` is the path to it."""
    return Exists(Address.objects.filter(child=OuterRef(child), is_protected=True))


def has_protected_home(child: Child) -> bool:
    """Return whether a child's identity or an address is protected; prefetch `addresses`."""
    return any(is_home_protected(child, address) for address in child.addresses.all()) or (
        not is_plain(child)
    )


def is_home_protected(child: Child, address: Address) -> bool:
    """Return whether an address is protected, by itself or because the child's identity is."""
    return address.is_protected or not is_plain(child)


def is_place_protected(address: Address) -> bool:
    """Return whether any child's protected home is at this address, as far as it is written alike.

    A brother or sister may be protected there and this child not.
    """
    is_hidden = Q(is_protected=True) | Q(child__is_protected=True) | Q(child__is_sealed=True)
    same = Address.objects.filter(is_hidden, postcode=address.postcode)
    return any(_letters(row) == _letters(address) for row in same)


def _letters(address: Address) -> str:
    return "".join(filter(str.isalnum, "".join(address.lines))).casefold()


def without_protected_homes(people: Sequence[Person]) -> list[Person]:
    """Return people as they may be compared: protected ones without address and contacts.

    Otherwise the result would reveal whether a typed address is the right one.
    """
    keys = [person.key for person in people]
    addresses = Address.objects.filter(child__in=keys, is_protected=True)
    hidden = set(addresses.values_list("child_id", flat=True))
    return [
        _without_home(person) if person.is_protected or person.key in hidden else person
        for person in people
    ]


def _without_home(person: Person) -> Person:
    return replace(person, postcodes=frozenset(), described=without_homes(person.described))
