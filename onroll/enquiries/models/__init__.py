"""An enquiry on a case, and its entries: asked, chased, answered. Entries are only added."""

from onroll.enquiries.models.enquiry import LEAD_OF, WAITING_CODES, Enquiry, EnquiryQuerySet
from onroll.enquiries.models.entry import EnquiryEntry

__all__ = ["LEAD_OF", "WAITING_CODES", "Enquiry", "EnquiryEntry", "EnquiryQuerySet"]
