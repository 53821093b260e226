"""The record of a case: what can be printed, what the family was told, complaints and files."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.cases.queries import may_on, works_on
from onroll.record import queries
from onroll.record.views.frame import find, show_page


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """List what the family was told, complaints and case files, and what can be made."""
    case, user = find(request, ref, Permission.ENQUIRY_LOG_VIEW), me(request)
    asks = access.must_state_a_reason(user, Permission.CASE_EXPORT)
    reach = access.cell(user, Permission.CASE_EXPORT).scope
    is_theirs = reach is not Scope.ASSIGNED or works_on(user, case)
    return show_page(
        request,
        case,
        "record/record.html",
        "record",
        shown=queries.page_of(case),
        may_print=queries.may_print(user, case) or (asks and is_theirs),
        may_add=may_on(user, Permission.CASE_WORK, case),
        is_masked=access.is_masked(user, Permission.CASE_VIEW),
        fields=("what the family was told", "complaints"),
    )
