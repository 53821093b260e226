"""The visit of a case that is still to be made, or of which nobody has said what came of it."""

import re

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.cases.queries import distinct_homes, home_of
from onroll.children.models import Address, AddressKind
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.rules.enquiry_log import EnquiryStage, Lead

_OPEN = [stage.value for stage in (EnquiryStage.PLANNED, EnquiryStage.ASKED, EnquiryStage.CHASED)]


def open_visit(case: Case, place: str) -> Enquiry | None:
    """Return the authority's first visit of a case without an answer that one to `place` answers.

    One that a lead asked for is answered by a visit to the lead's address alone, so that no lead
    is lost; any other by a visit to anywhere. None for none.
    """
    rows = case.enquiries.filter(step="home_visit", stage__in=_OPEN, by_school=None, referral="")
    open_rows = list(rows.order_by("at", "pk"))
    leads = {row.pk: address_led_to(row) for row in open_rows if row.is_of_lead}
    at_lead = (row for row in open_rows if leads.get(row.pk) and _is_at(place, leads[row.pk]))
    elsewhere = (row for row in open_rows if not leads.get(row.pk))
    return next(at_lead, None) or next(elsewhere, None)


def address_led_to(enquiry: Enquiry) -> str:
    """Return in the words of who was asked the address of the lead that put an enquiry there.

    "" where no lead did, or it told of no address.
    """
    if not enquiry.lead_ref:
        return ""
    entries = EnquiryEntry.objects.filter(
        enquiry__ref=enquiry.lead_ref,
        enquiry__case=enquiry.case_id,
        lead=Lead.ADDRESS.value,
        at__lte=enquiry.at,
    )
    return entries.order_by("at", "pk").values_list("words", flat=True).last() or ""


def _is_at(place: str, lead: str) -> bool:
    """Return whether the words of a lead tell of a place, or it begins as they do.

    They do so with its first lines as far as these have three words: "Flat 2" is in many houses.
    """
    lines = place.split(",")
    starts = (_plain(",".join(lines[:end])) for end in range(1, len(lines) + 1))
    start = next((words for words in starts if len(words.split()) > 2), _plain(place))
    lead_words = _plain(lead)
    return bool(start.strip()) and (start in lead_words or _plain(place).startswith(lead_words))


_WORD = re.compile(r"[^\W_]+")


def _plain(words: str) -> str:
    """Return words in small letters between single spaces, without stops."""
    return f" {' '.join(_WORD.findall(words.casefold()))} "


_NOWHERE = (AddressKind.WRONG.value, AddressKind.NO_FIXED.value)


def homes_visited(case: Case, user: User) -> list[Address]:
    """Return the addresses at which a person may say that a visit was made, as they may see them.

    A protected one is among them for who may see it: what came of the visit is kept all the same.
    """
    home = home_of(case.child, case, user=user)
    rows = (*home.addresses, *home.protected)
    return distinct_homes(row for row in rows if row.kind not in _NOWHERE)
