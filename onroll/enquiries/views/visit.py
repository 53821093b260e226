"""The sheet that somebody takes along on a visit to the home: printed, and typed in afterwards."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases.frame import require, show, sub_pages, today, trail
from onroll.cases.queries import home_of, may_on, warnings_of
from onroll.enquiries import actions, queries
from onroll.enquiries.forms import VisitForm
from onroll.enquiries.views.frame import enquiry_url, find, list_url, show_question
from onroll.govuk.questions import Done, ask
from onroll.schools.queries import our_policy

MOST_ADDRESSES = 2


@needs(Permission.ENQUIRY_ADD)
@require_safe
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the sheet of a visit: where to, who may be met, what to ask, and space to write.

    A protected address is never on it, nor whom the child lives with there (access matrix, row 8):
    paper is left behind.
    """
    case = find(request, ref, Permission.ENQUIRY_ADD)
    user = me(request)
    homes = queries.addresses_to_try(case, user)[:MOST_ADDRESSES]
    home = home_of(case.child, case, user=user)
    log = queries.log_of(case) if may_on(user, Permission.ENQUIRY_LOG_VIEW, case) else ()
    tried = {row.address: row for row in queries.addresses_tried(case, user, log).tried}
    visits = [queries.visit_to(address, tried) for address in homes]
    has_hidden = home.has_hidden_address or bool(home.protected)
    adults = () if has_hidden else home.adults
    warnings = warnings_of(case, user)
    context = {
        "links": trail(case),
        "sub_links": sub_pages(case, "enquiries"),
        "visits": visits,
        "adults": adults,
        "has_hidden": has_hidden,
        "policy": our_policy(),
        "warnings": warnings,
        "may_see": may_on(user, Permission.CASE_WORK, case),
    }
    parts = {
        "warnings": bool(warnings and warnings.is_told),
        "enquiries": True,
        "addresses": bool(homes),
        "contacts": bool(adults),
    }
    return show(
        request,
        case,
        "enquiries/visit.html",
        page="case: sheet for a visit",
        context=context,
        fields=[name for name, is_shown in parts.items() if is_shown],
    )


@needs(Permission.ENQUIRY_ADD, Permission.CASE_WORK)
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask what came of a visit: the enquiry, the addresses and the child, in one save."""
    case = find(request, ref, Permission.ENQUIRY_ADD)
    require(request, Permission.CASE_WORK, case)
    homes = queries.homes_visited(case, me(request))
    form = VisitForm(*posted(request), today=today(), addresses=homes)

    def act(form: VisitForm) -> Done:
        enquiry, sighting = actions.record_visit(
            case=case, visit=form.visit, by=me(request), at=timezone.localtime()
        )
        words = f"The visit is kept as enquiry {enquiry.ref}, with whether the child was seen."
        url = reverse("casefile:case", args=[case.ref]) if sighting.is_worry else None
        return Done(url or enquiry_url(enquiry), words)

    def page(form: VisitForm) -> HttpResponse:
        return show_question(
            request,
            case,
            title="Write down the visit",
            page="write down a visit",
            back_url=list_url(case),
            form=form,
            button="Save the visit",
            words=LEAD,
            has_homes=bool(homes),
        )

    return ask(request, form, act, page)


LEAD = (
    "It is kept on the list of enquiries and as whether the child was seen, under one reference. "
    "It cannot be changed later."
)
