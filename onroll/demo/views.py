"""The demo's first page: sign in with one click, or try what people do without an account.

Outside the demo it cannot be imported.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from onroll.accounts import queries
from onroll.accounts.decorators import public
from onroll.accounts.models import User
from onroll.audit import actions as audit
from onroll.demo.jobs import JOBS
from onroll.demo.partners import WITH_CODES, code_of, give_code
from onroll.demo.queries import agency_with_codes, form_to_follow
from onroll.demo.to_try import children_to_ask_about, pupil_to_refer
from onroll.govuk.languages import english_with_a_cover
from onroll.referrals.actions import make_link

if not settings.IS_DEMO:
    raise ImportError("Signing in without a password exists in the demo only.")

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
LINK, CODE = "link", "code"


@public
@english_with_a_cover
def sign_in(request: HttpRequest) -> HttpResponse:
    """List the people of the demo, and what one can try without being any of them."""
    if not settings.IS_DEMO:
        raise Http404
    if request.method == "POST":
        tries = {LINK: _follow, CODE: _give_code}
        return tries.get(request.POST.get("try", ""), _enter)(request)
    order = {first: place for place, first in enumerate(JOBS)}
    active = {p.email.partition("@")[0]: p for p in queries.people() if p.is_active}
    people = [
        (active[first], JOBS.get(first, ""))
        for first in sorted(active, key=lambda first: order.get(first, len(order)))
    ]
    agency, today = agency_with_codes(), timezone.localdate()
    sam = active.get("sam")
    context = {
        "pupil": pupil_to_refer(sam, on=today) if sam else None,
        "to_ask": children_to_ask_about(on=today),
        "people": people,
        "next": request.GET.get("next", ""),
        "has_referral": form_to_follow() is not None,
        "has_agency": agency is not None,
        "code": code_of(agency, at=timezone.localtime()) if agency else "",
        "who": WITH_CODES[agency.name] if agency else "",
    }
    return render(request, "demo/sign_in.html", context)


def _enter(request: HttpRequest) -> HttpResponse:
    person = queries.find_person(request.POST.get("email", ""))
    if person is None or not person.is_active:
        raise Http404
    login(request, person, backend=BACKEND)
    about = f"person {person.pk} in the demo"
    audit.security(by=person, event="sign_in", outcome="allowed", about=about, at=timezone.now())
    return redirect(_after(request))


def _after(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"


def _follow(request: HttpRequest) -> HttpResponse:
    """Lead to the page of a form that somebody sent, by a private link of its own."""
    if (referral := form_to_follow()) is None:
        raise Http404
    key = make_link(referral=referral, at=timezone.localtime())
    return redirect("referrals:status", key=key)


def _give_code(request: HttpRequest) -> HttpResponse:
    """Give an agency's person another code, and lead back to where the page says it."""
    agency, by = agency_with_codes(), queries.find_person("olive@harrow.example")
    if agency is None or not isinstance(by, User):
        raise Http404
    give_code(agency, by=by, at=timezone.localtime())
    messages.success(request, "There is another code.")
    return redirect("demo_sign_in")
