"""What a referral says was tried goes on the list of enquiries of its case (P12, P31)."""

from datetime import datetime

from onroll.cases.models import Case
from onroll.enquiries import actions as enquiries
from onroll.enquiries.actions import EntryFacts, ToldEnquiry
from onroll.referrals.models import Referral, ReferralEnquiry


def put_on_log(referral: Referral, case: Case, *, at: datetime) -> None:
    """Put the enquiries of a referral on the list of a case of one of its children, once."""
    enquiries.take_over(
        case=case,
        referral=referral.ref,
        enquiries=[_told(referral, row) for row in referral.enquiries.all()],
        school=referral.school,
        at=at,
    )


def _told(referral: Referral, row: ReferralEnquiry) -> ToldEnquiry:
    """Return an enquiry as it was told.

    Who made it is left out where that may name who referred, whom not everybody who reads the list
    may know (access matrix, row 10); it stands on the referral. A school is no secret.
    """
    return ToldEnquiry(
        step=row.step,
        step_words=row.step_words,
        facts=EntryFacts(
            on=row.made_on,
            time=row.made_at,
            by=row.made_by if referral.school_id else "",
            name=row.asked_name,
            contact=row.asked_contact,
            method=row.method,
            words=row.outcome,
            evidence=row.evidence,
        ),
    )
