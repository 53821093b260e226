"""The forms of people with an account: a school's, and an officer's for somebody else (P10)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.drafts import question_pages
from onroll.drafts.queries import unfinished
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.views.wizards import make
from onroll.schools.queries import school_choice

OF_PUPIL = make(
    title="Refer a pupil", route="referrals:pupil_form", depth=Depth.SCHOOL, is_of_pupil=True
)
OF_SCHOOL = make(
    title="Refer a child",
    route="referrals:school_form",
    depth=Depth.SCHOOL,
    begin="referrals:school_new",
)
OF_OFFICER = make(
    title="Type in a referral",
    route="referrals:typed_form",
    depth=Depth.OFFICER,
    begin="referrals:typed",
)


@needs(Permission.REFER)
@require_safe
def school(request: HttpRequest) -> HttpResponse:
    """Lead to the search among one's own pupils, or to the form for a child who is none."""
    number = unfinished(me(request), at=timezone.localtime()).count()
    context = {
        "unfinished": number,
        "choice": school_choice(me(request), request.GET.get("school", "")),
    }
    return render(request, "referrals/school.html", context)


@needs(Permission.REFER)
def pupil(request: HttpRequest, child: str) -> HttpResponse:
    """Show what is held of a pupil, and ask whether it is right; the answer starts the draft."""
    back_url = reverse("referrals:school")
    return question_pages.start(request, OF_PUPIL, initial={}, back_url=back_url, about=child)


@needs(Permission.REFER)
def pupil_go_on(request: HttpRequest, ref: str, page: str) -> HttpResponse:
    """Ask another page about a pupil, or all again before it is sent."""
    return question_pages.go_on(request, OF_PUPIL, ref, page)


@needs(Permission.REFER)
def school_new(request: HttpRequest) -> HttpResponse:
    """Ask a school about a child whom its files do not hold."""
    back_url = reverse("referrals:school")
    return question_pages.start(request, OF_SCHOOL, initial={}, back_url=back_url)


@needs(Permission.REFER)
def school_go_on(request: HttpRequest, ref: str, page: str) -> HttpResponse:
    """Ask another page of it, or all again before it is sent."""
    return question_pages.go_on(request, OF_SCHOOL, ref, page)


@needs(Permission.REFER)
def typed(request: HttpRequest) -> HttpResponse:
    """Ask an officer how a referral came, which is then typed in."""
    return question_pages.start(request, OF_OFFICER, initial={}, back_url="/")


@needs(Permission.REFER)
def typed_go_on(request: HttpRequest, ref: str, page: str) -> HttpResponse:
    """Ask another page of it, or all again before it is sent."""
    return question_pages.go_on(request, OF_OFFICER, ref, page)
