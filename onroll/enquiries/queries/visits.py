"""The visit of a case that is still to be made, or of which nobody has said what came of it."""

from onroll.cases.models import Case
from onroll.enquiries.models import Enquiry
from onroll.rules.enquiry_log import EnquiryStage

_OPEN = [stage.value for stage in (EnquiryStage.PLANNED, EnquiryStage.ASKED, EnquiryStage.CHASED)]


def open_visit(case: Case) -> Enquiry | None:
    """Return the authority's first visit of a case that has no answer yet; None for none."""
    rows = case.enquiries.filter(step="home_visit", stage__in=_OPEN, by_school=None, referral="")
    return rows.order_by("at", "pk").first()
