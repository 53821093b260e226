"""The sheet that somebody takes along on a visit to the home: printed, and typed in afterwards."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.cases.frame import show, sub_pages, trail
from onroll.cases.queries import home_of, may_on
from onroll.enquiries import queries
from onroll.enquiries.views.frame import find

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
    context = {
        "links": trail(case),
        "sub_links": sub_pages(case, "enquiries"),
        "visits": visits,
        "adults": adults,
        "has_hidden": has_hidden,
        "may_see": may_on(user, Permission.CASE_WORK, case),
    }
    parts = {"enquiries": True, "addresses": bool(homes), "contacts": bool(adults)}
    return show(
        request,
        case,
        "enquiries/visit.html",
        page="case: sheet for a visit",
        context=context,
        fields=[name for name, is_shown in parts.items() if is_shown],
    )
