"""What a referral says was tried goes on the list of enquiries of its case (P12, P31)."""

from datetime import datetime

from onroll.cases.models import Case
from onroll.enquiries import actions as enquiries
from onroll.enquiries.actions import EntryFacts, ToldEnquiry
from onroll.placeholders import is_no_home
from onroll.referrals.models import Referral, ReferralEnquiry, ReferredChild


def put_on_log(referral: Referral, entry: ReferredChild, case: Case, *, at: datetime) -> None:
    """Put the enquiries of a referral on the list of a case of one of its children, once.

    With the home that it gives of that child: a visit or a letter went there, as far as is told.
    """
    home = ", ".join(entry.home_words.splitlines())
    home = "" if is_no_home(home) else home
    enquiries.take_over(
        case=case,
        referral=referral.ref,
        enquiries=[_as_told(referral, row, home) for row in referral.enquiries.all()],
        school=referral.school,
        at=at,
    )


def _as_told(referral: Referral, row: ReferralEnquiry, home: str) -> ToldEnquiry:
    """Return an enquiry as it was told.

    Who made it is left out where that may name who referred, whom not everybody who reads the list
    may know (access matrix, row 10); it stands on the referral. A school is no secret.
    """
    return ToldEnquiry(
        step=row.step,
        step_words=row.step_words,
        home=home,
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
