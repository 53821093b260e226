"""Pages that anyone may read: home, accessibility, privacy, and the law."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import public
from onroll.accounts.models import User
from onroll.accounts.permissions import LACKING
from onroll.accounts.roles import SCHOOL_ROLES
from onroll.addresses import page_address
from onroll.govuk.languages import english_with_a_cover, translated
from onroll.govuk.parts import Table
from onroll.rules import claims
from onroll.rules.claims import Claim
from onroll.rules.departures import DEPARTURES, done_about
from onroll.schools.queries import our_policy

SCHOOL_HOME = "/school/"


@public
@translated
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the service is and how to report a worry; redirect signed-in users to work."""
    user = request.user
    if isinstance(user, User):
        is_school = user.role in SCHOOL_ROLES
        return HttpResponseRedirect(SCHOOL_HOME if is_school else page_address("casefile:today"))
    return render(request, "reports/home.html", _context(claims.HOME))


@public
@english_with_a_cover
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how accessible the service is and whom to tell about problems."""
    return render(request, "reports/accessibility.html", _context(claims.ACCESSIBILITY))


@public
@english_with_a_cover
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is stored about children and why."""
    return render(request, "reports/privacy.html", _context(claims.PRIVACY))


@public
@english_with_a_cover
@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """Show where local policy and law differ, and what is done there (law 11)."""
    rows = [
        [
            departure.title,
            f"{departure.local} ({departure.page})",
            f"{departure.law} ({departure.clause})",
            done_about(departure, not_built=LACKING),
        ]
        for departure in DEPARTURES
    ]
    columns = ["About", "The policy says", "The law says", "What Onroll does"]
    table = Table("Where they differ, the law decides", columns, rows)
    return render(request, "reports/law.html", _context(claims.POLICY) | {"table": table})


def _context(of_page: dict[str, Claim]) -> dict[str, Any]:
    """Return the policy, and the claims of a page about the service."""
    policy = our_policy().on(timezone.localdate())
    return {
        "policy": policy,
        "claims": claims.sentences(of_page, say=gettext, authority_name=policy.authority_name),
    }
