"""One-click sign-in of the demo's made-up people. Outside the demo it cannot be imported."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from onroll.accounts import queries
from onroll.accounts.decorators import public
from onroll.audit import actions as audit
from onroll.govuk.languages import english_with_a_cover

if not settings.IS_DEMO:
    raise ImportError("Signing in without a password exists in the demo only.")

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@public
@english_with_a_cover
def sign_in(request: HttpRequest) -> HttpResponse:
    """List the people of the demo; a click signs in as one."""
    if not settings.IS_DEMO:
        raise Http404
    if request.method == "POST":
        person = queries.find_person(request.POST.get("email", ""))
        if person is None or not person.is_active:
            raise Http404
        login(request, person, backend=BACKEND)
        about = f"person {person.pk} in the demo"
        audit.security(
            by=person, event="sign_in", outcome="allowed", about=about, at=timezone.now()
        )
        return redirect(_after(request))
    people = [p for p in queries.people() if p.is_active]
    context = {"people": people, "next": request.GET.get("next", "")}
    return render(request, "accounts/demo_sign_in.html", context)


def _after(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"
