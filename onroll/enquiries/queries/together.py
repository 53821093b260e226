"""Enquiries made at once for brothers and sisters: which of them a person adds to together."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.queries import cases_worked_on
from onroll.children.models import Address, AddressKind
from onroll.children.queries import plain, protected_of
from onroll.enquiries.models import Enquiry


def cases_to_add_to(user: User, *, on: date) -> QuerySet[Case]:
    """Return the open cases on whose list a person may record (access matrix, row 12).

    A school's are those of pupils in its sight, without protected children.
    """
    cases = Case.objects.visible_to(user, on=on).open()
    match scope(user, Permission.ENQUIRY_ADD):
        case Scope.ALL | Scope.JUSTIFIED:
            return cases
        case Scope.ASSIGNED:
            return cases.filter(pk__in=cases_worked_on(user, on=on).values("pk"))
        case Scope.OWN_SCHOOL | Scope.TRUST:
            return cases.filter(plain("child"))
        case _:
            return cases.none()


def cases_of_the_home(case: Case, user: User, *, on: date) -> list[Case]:
    """Return the other open cases a person may add to, of children who live at the same address.

    Nobody where one of the addresses or identities is protected: a page that puts two together
    would tell where a child is.
    """
    homes = Address.objects.filter(kind=AddressKind.HOME.value, to_on__isnull=True).exclude(
        postcode=""
    )
    addresses = list(homes.filter(child=case.child_id).values_list("postcode", "lines"))
    if not addresses or protected_of([case.child_id]):
        return []
    same = homes.filter(
        child=OuterRef("child"), postcode__in={postcode for postcode, _ in addresses}
    )
    rows = cases_to_add_to(user, on=on).filter(Exists(same)).exclude(pk=case.pk)
    at_home = [
        row
        for row in rows.select_related("child").prefetch_related("child__addresses")
        if any((home.postcode, home.lines) in addresses for home in row.child.addresses.all())
    ]
    withheld = protected_of([row.child_id for row in at_home])
    return [row for row in at_home if row.child_id not in withheld]


def siblings_to_add_to(enquiry: Enquiry, user: User, *, on: date) -> list[Enquiry]:
    """Return the enquiries made together with one, on open cases that the person may add to."""
    return _made_with(enquiry, user, Q(case__in=cases_to_add_to(user, on=on)), on=on)


def siblings_at_its_stage(enquiry: Enquiry, user: User, *, on: date) -> list[Enquiry]:
    """Return those of them that are as far as the enquiry: on these the same is recorded."""
    rows = siblings_to_add_to(enquiry, user, on=on)
    return [row for row in rows if row.stage == enquiry.stage]


def siblings_in_sight(enquiry: Enquiry, user: User, *, on: date) -> list[Enquiry]:
    """Return the enquiries made together with one that a person may read, with entries."""
    return _made_with(enquiry, user, Q(), on=on)


def _made_with(enquiry: Enquiry, user: User, chosen: Q, *, on: date) -> list[Enquiry]:
    """Return the enquiries made together with one that a person may read.

    None where the child's identity or address is protected, nor that of such a child: what names
    two children at once would tell where one of them is.
    """
    rows = Enquiry.objects.visible_to(user, on=on).filter(chosen, together=enquiry.together)
    siblings = list(
        rows.exclude(pk=enquiry.pk)
        .select_related("case__child")
        .prefetch_related("entries")
        .order_by("pk")
    )
    children = {enquiry.case.child_id, *(sibling.case.child_id for sibling in siblings)}
    withheld = protected_of(children) if siblings else set()
    if enquiry.case.child_id in withheld:
        return []
    return [sibling for sibling in siblings if sibling.case.child_id not in withheld]
