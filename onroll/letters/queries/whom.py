"""To whom a letter may go, and who may write one: never to an address that is protected (row 8)."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from onroll.accounts.access import is_masked, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.queries import cases_worked_on, distinct_homes, may_on
from onroll.children.models import Address, AddressKind, Child
from onroll.children.queries import is_place_protected, protected_of
from onroll.rules.refusal import Refused

WRITES = (Permission.ENQUIRY_ADD, Permission.ADDRESS_VIEW, Permission.DOCUMENT_OPEN)
"""What somebody needs who writes a letter, or opens one: it holds an address, and is a file."""
ANYBODY = "The parent or carer"
PROTECTED = (
    "The child or an address of the child is protected. A letter could tell where they live, or "
    "reach who must not know of it. Speak with your manager before anybody writes."
)
SAME_PROTECTED = (
    "This address is protected for another child. No letter goes there from here. Speak with your "
    "manager before anybody writes."
)
_NOWHERE = (AddressKind.WRONG.value, AddressKind.NO_FIXED.value)


def may_write(user: User, case: Case) -> bool:
    """Return whether a user may write to the family of a case, and open what was written."""
    is_hidden = is_masked(user, Permission.CASE_VIEW) or is_masked(user, Permission.ADDRESS_VIEW)
    return not is_hidden and all(may_on(user, permission, case) for permission in WRITES)


def open_to_all(user: User, *, on: date) -> QuerySet[Case]:
    """Return the cases to whose families a person may write: `may_write` of many."""
    cases = Case.objects.visible_to(user, on=on)
    scopes = {scope(user, permission) for permission in WRITES}
    is_hidden = is_masked(user, Permission.CASE_VIEW) or is_masked(user, Permission.ADDRESS_VIEW)
    if is_hidden or scopes - {Scope.ALL, Scope.JUSTIFIED, Scope.ASSIGNED}:
        return cases.none()
    if Scope.ASSIGNED in scopes:
        return cases.filter(pk__in=cases_worked_on(user, on=on).values("pk"))
    return cases


def cases_ticked(user: User, refs: Collection[str], *, on: date) -> list[Case]:
    """Return of the references those cases to whose families a person may write."""
    rows = open_to_all(user, on=on).filter(ref__in=refs).select_related("child", "school")
    related = rows.prefetch_related("child__addresses", "child__relationships__adult")
    return list(related.order_by("opened_on", "pk"))


def homes_of(child: Child, *, is_hidden: bool | None = None) -> list[Address]:
    """Return the addresses of a child to which a letter can go, the one of now first.

    None where the child or one of the addresses is protected (`is_hidden`, asked if it is not
    given): what is sent to another one may reach whom the protection is against.
    """
    if protected_of([child.pk]) if is_hidden is None else is_hidden:
        return []
    homes = [home for home in child.addresses.all() if home.kind not in _NOWHERE and home.lines]
    return distinct_homes(sorted(homes, key=lambda home: (home.to_on is not None, -home.pk)))


def is_whole(home: Address) -> bool:
    """Return whether the post finds the door: a house by its number, or by a name on a line of its
    own above the street, and a postcode; abroad none is asked for."""
    has_house = len(home.lines) > 1 or any(sign.isdigit() for sign in "".join(home.lines))
    return has_house and bool(home.postcode or home.country)


def refuse_protected(child: Child, home: Address | None) -> None:
    """Refuse a letter that could come to a protected address, or to whom it is protected from."""
    if protected_of([child.pk]):
        raise Refused(PROTECTED)
    if home is not None and is_place_protected(home):
        raise Refused(SAME_PROTECTED, field="address")


def people_of(child: Child) -> list[str]:
    """Return the adults to whom a letter can go by name: not those without responsibility."""
    rows = child.relationships.all()
    names = (str(row.adult) for row in rows if row.has_responsibility is not False)
    return list(dict.fromkeys(filter(None, names)))


def first_name(child: Child) -> str:
    """Return the name by which a letter calls a child: the first one alone."""
    return child.chosen_forename or child.forename or "your child"
