"""The addresses that can be tried, and those that were: when, how, and what came of it (P31)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.queries import distinct_homes, home_in_words, may_on
from onroll.children.models import Address, AddressKind
from onroll.children.queries import is_home_protected, protected_of
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.govuk.fields import in_words
from onroll.rules.enquiries import AT_AN_ADDRESS
from onroll.rules.enquiry_log import Act, EnquiryStage

NOT_SAID = "The address was not written down"
_AT_A_DOOR = ("visit", "letter")
_DONE = (Act.ASK, Act.CHASE, Act.ANSWER)
_NOWHERE = (AddressKind.WRONG.value, AddressKind.NO_FIXED.value)


def addresses_to_try(case: Case, user: User) -> list[Address]:
    """Return the addresses of a child where somebody may knock, the latest first; one that several
    sources wrote in several ways once.

    A protected one is never among them, nor is any of a child whose identity is protected, or for
    who may not see addresses (access matrix, rows 7 and 8).
    """
    if not may_on(user, Permission.ADDRESS_VIEW, case):
        return []
    homes = case.child.addresses.exclude(kind__in=_NOWHERE).order_by("-pk")
    return distinct_homes(home for home in homes if not is_home_protected(case.child, home))


@dataclass(frozen=True)
class Tried:
    """An address that was tried: how often, the last time, what came of it, who lives there."""

    address: str
    times: int
    enquiry: Enquiry
    last: EnquiryEntry
    lives_there: str


@dataclass(frozen=True)
class Visit:
    """An address to visit: who lives there as far as known, and when it was tried before."""

    address: str
    lives_there: str = ""
    tried: str = ""


def visit_to(address: Address, tried: Mapping[str, Tried]) -> Visit:
    """Return what a sheet says of an address; `tried` has those tried, by their words."""
    words = home_in_words(address)
    row = tried.get(words)
    if row is None:
        return Visit(words)
    times = f"{row.times} {'day' if row.times == 1 else 'days'}"
    return Visit(words, row.lives_there, f"{times}, the last {in_words(row.last.done_on)}")


@dataclass(frozen=True)
class Addresses:
    """The addresses that were tried, and whether some may not be shown, to anybody."""

    tried: Sequence[Tried] = ()
    has_hidden: bool = False


def addresses_tried(case: Case, user: User, enquiries: Iterable[Enquiry]) -> Addresses:
    """Return where visits and letters of a case went, the latest first; enquiries have entries.

    Without any of a child whose identity is protected. Of a child with a protected address, those
    that were typed are left out, since one may be that.
    """
    if not may_on(user, Permission.ADDRESS_VIEW, case):
        return Addresses()
    entries = [
        (entry, row) for row in enquiries for entry in row.entries.all() if _is_at(entry, row)
    ]
    has_hidden = bool(entries and protected_of([case.child_id]))
    by_address: dict[str, list[tuple[EnquiryEntry, Enquiry]]] = {}
    for entry, row in entries:
        if words := place_of(entry, case, may_be_typed=not has_hidden, home_told=_home_told(row)):
            by_address.setdefault(words, []).append((entry, row))
    tried = [_tried(words, some) for words, some in by_address.items()]
    latest = sorted(tried, key=lambda each: (each.last.done_on, each.last.pk), reverse=True)
    return Addresses(latest, has_hidden)


def place_of(entry: EnquiryEntry, case: Case, *, may_be_typed: bool, home_told: str = "") -> str:
    """Return the address at which something was tried; "" for one that is not to be shown.

    `home_told` is the home that a referral gives, where that told of the enquiry.
    """
    if entry.address is not None:
        is_hidden = is_home_protected(case.child, entry.address)
        return "" if is_hidden else home_in_words(entry.address)
    return (home_told or entry.asked_contact or NOT_SAID) if may_be_typed else ""


def _home_told(enquiry: Enquiry) -> str:
    """Return the home that the referral gives which told of an enquiry, and that it does."""
    home = enquiry.told_home
    return f"{home} (the home that referral {enquiry.referral} gives)" if home else ""


def homes_by_entry(enquiry: Enquiry, user: User) -> dict[int, str]:
    """Return by the key of its entry at which address on record something was tried.

    "" where it was at none, or the person may not see it.
    """
    case = enquiry.case
    may_see = may_on(user, Permission.ADDRESS_VIEW, case)
    return {
        entry.pk: place_of(entry, case, may_be_typed=False) if may_see else ""
        for entry in enquiry.entries.all()
    }


def _is_at(entry: EnquiryEntry, enquiry: Enquiry) -> bool:
    """Return whether an entry tells of a visit, or of a letter that was sent, and still stands."""
    if enquiry.stage == EnquiryStage.WITHDRAWN or entry.act not in _DONE:
        return False
    is_there = entry.method in _AT_A_DOOR or (not entry.method and enquiry.step in AT_AN_ADDRESS)
    return is_there or entry.address_id is not None


def _tried(address: str, entries: list[tuple[EnquiryEntry, Enquiry]]) -> Tried:
    entries.sort(key=lambda each: (each[0].done_on, each[0].pk))
    last, enquiry = entries[-1]
    lives_there = [entry.lives_there for entry, _ in entries if entry.lives_there]
    days: set[date] = {entry.done_on for entry, _ in entries}
    return Tried(address, len(days), enquiry, last, lives_there[-1] if lives_there else "")
