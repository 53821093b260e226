"""A file that came with a referral, handed out to who may read the referral."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.documents import frame
from onroll.referrals import contents, queries
from onroll.referrals.models import ReferralFile
from onroll.referrals.views.frame import find


@needs(Permission.CASE_TRIAGE)
@require_safe
def file(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Give a file to be saved, once a scanner found nothing in it."""
    referral = find(request, ref)
    try:
        attached = contents.file_of(referral, number)
    except ReferralFile.DoesNotExist:
        raise Http404 from None
    cases = (child.case for child in queries.children_of(referral))
    return frame.hand_out(
        request,
        attached.document_id,
        name=attached.document.name,
        children=[case.child_id for case in cases if case],
        page=f"referral {referral.ref}",
        permission=Permission.CASE_TRIAGE,
    )
