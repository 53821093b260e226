"""The home on record of a referred child, where the referral gives none (access matrix, row 7)."""

from collections.abc import Iterable

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.children.models import Address, Child
from onroll.children.queries import homes_on_record
from onroll.placeholders import is_no_fixed_abode, is_no_home
from onroll.postcodes.queries import residences_of
from onroll.referrals.models import ReferredChild

CertainChild = tuple[ReferredChild, Child | None]
"""A child of a referral, with whom on record this certainly is."""


def add_homes(user: User, children: Iterable[CertainChild]) -> None:
    """Say of each child of whom the referral gives no home which is on record, and where it lies.

    Only to who may see the address of every child: of protected ones nothing (row 8).
    """
    if scope(user, Permission.ADDRESS_VIEW) is Scope.ALL:
        put_homes(children)


def put_homes(children: Iterable[CertainChild]) -> None:
    """Do the same for who may see the addresses of these children."""
    lacking = {entry: _current(child) for entry, child in children if child and _lacks_home(entry)}
    homes = homes_on_record(lacking.values())
    homes_of = {entry: homes[pk] for entry, pk in lacking.items() if pk in homes}
    residences = residences_of(home.postcode for home in homes_of.values())
    for entry, home in homes_of.items():
        entry.home_on_record = home_in_words(home)
        entry.residence = residences.get(home.postcode, entry.residence)


def _current(child: Child) -> int:
    return child.merged_into_id or child.pk


def _lacks_home(entry: ReferredChild) -> bool:
    """Say whether a referral gives no home, or words for none: no fixed abode is no such word."""
    home = entry.home_words
    return not home or (is_no_home(home) and not is_no_fixed_abode(home))


def home_in_words(home: Address) -> str:
    """Return a home on record line by line."""
    lines = (*home.lines, home.town, home.postcode, home.country)
    return "\n".join(filter(None, lines)) or "No fixed abode"
