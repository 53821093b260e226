"""The hub's queue, a referral, and who looks at it (P15)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.govuk.parts import Link
from onroll.referrals import actions, forms, queries
from onroll.referrals.pages import queue_table
from onroll.referrals.views.frame import children_with_matches, find, show
from onroll.rules.refusal import Refused

PER_PAGE = 25
TITLES = {
    queries.HUB: "For the hub to decide",
    queries.ACCEPT: "Waiting to be accepted",
    queries.NEWS: "With something new",
    queries.DONE: "Decided",
}


@needs(Permission.CASE_TRIAGE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List referrals: at the hub, waiting to be accepted, or decided."""
    which = request.GET.get("list", queries.HUB)
    which = which if which in TITLES else queries.HUB
    page = Paginator(queries.queue(me(request), which), PER_PAGE).get_page(request.GET.get("page"))
    cases = [child.case for referral in page for child in referral.children.all()]
    children = [case.child_id for case in cases if case]
    saw(request, children, "list of referrals", Permission.CASE_TRIAGE, ("name",))
    numbers = queries.numbers(me(request), on=timezone.localdate())
    lists = [
        Link(title, f"?list={code}", is_current=code == which, count=numbers.get(code))
        for code, title in TITLES.items()
    ]
    if numbers["apart"]:
        apart = Link("Quarantine", reverse("referrals:quarantine"), count=numbers["apart"])
        lists.append(apart)
    lists.append(Link("Not referred", reverse("referrals:start_records")))
    table = queue_table(page, title=TITLES[which], at=timezone.localtime())
    context = {"page": page, "which": which, "lists": lists, "table": table}
    return render(request, "referrals/queue.html", context)


@needs(Permission.CASE_TRIAGE)
@require_safe
def referral(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a referral, the children whom it may be about, and what may be done."""
    row = find(request, ref)
    return show(request, row, children_with_matches(request, row), "referrals/referral.html", {})


@needs(Permission.CASE_TRIAGE)
@require_POST
def take_on(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that whoever presses the button looks at the referral."""
    referral = find(request, ref)
    form = forms.OnReferral(request.POST)
    if not form.is_valid():
        messages.error(request, forms.NO_VERSION)
        return redirect("referrals:referral", referral.ref)
    version, at = form.cleaned_data["version"], timezone.localtime()
    try:
        actions.take_on(referral=referral, by=me(request), at=at, version=version)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "You look at this referral.")
    return redirect("referrals:referral", referral.ref)
