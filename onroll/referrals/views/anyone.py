"""The forms that need no account: the short one for anyone, and that of a professional (P10)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop

from onroll.accounts.decorators import public, takes_files
from onroll.drafts import question_pages
from onroll.govuk.languages import translated
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.views.wizards import make

REFERRAL = make(
    title=gettext_noop("Tell us about a child"),
    route="referrals:form",
    depth=Depth.ANYONE,
    begin="referrals:refer",
)
OF_PROFESSIONAL = make(
    title=gettext_noop("Refer a child"),
    route="referrals:professional_form",
    depth=Depth.PROFESSIONAL,
    begin="referrals:professional",
)


@public
@translated
def refer(request: HttpRequest) -> HttpResponse:
    """Ask which child it is about; what is sent starts the draft."""
    return question_pages.start(request, REFERRAL, initial={}, back_url="/")


@question_pages.of_browser(REFERRAL)
@public
@translated
def go_on(request: HttpRequest, ref: str, page: str) -> HttpResponse:
    """Ask another page of it, or all again before it is sent."""
    return question_pages.go_on(request, REFERRAL, ref, page)


@public
@translated
def professional(request: HttpRequest) -> HttpResponse:
    """Ask a professional which child it is about."""
    return question_pages.start(request, OF_PROFESSIONAL, initial={}, back_url="/")


@question_pages.of_browser(OF_PROFESSIONAL)
@public
@takes_files
@translated
def professional_go_on(request: HttpRequest, ref: str, page: str) -> HttpResponse:
    """Ask another page of it, or all again before it is sent."""
    return question_pages.go_on(request, OF_PROFESSIONAL, ref, page)
