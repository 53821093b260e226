"""The visit of a case that is still to be made, or of which nobody has said what came of it."""

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.cases.queries import home_of
from onroll.children.models import Address, AddressKind
from onroll.enquiries.models import Enquiry
from onroll.rules.enquiry_log import EnquiryStage

_OPEN = [stage.value for stage in (EnquiryStage.PLANNED, EnquiryStage.ASKED, EnquiryStage.CHASED)]


def open_visit(case: Case) -> Enquiry | None:
    """Return the authority's first visit of a case that has no answer yet; None for none."""
    rows = case.enquiries.filter(step="home_visit", stage__in=_OPEN, by_school=None, referral="")
    return rows.order_by("at", "pk").first()


_NOWHERE = (AddressKind.WRONG.value, AddressKind.NO_FIXED.value)


def homes_visited(case: Case, user: User) -> list[Address]:
    """Return the addresses at which a person may say that a visit was made, as they may see them.

    A protected one is among them for who may see it: what came of the visit is kept all the same.
    """
    home = home_of(case.child, case, user=user)
    return [row for row in (*home.addresses, *home.protected) if row.kind not in _NOWHERE]
