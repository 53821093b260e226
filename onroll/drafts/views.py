"""The forms that a person has not finished."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import own_account
from onroll.addresses import page_address
from onroll.drafts import queries
from onroll.drafts.authors import author_of
from onroll.drafts.wizard import TASKS


@own_account
@require_safe
def unfinished(request: HttpRequest) -> HttpResponse:
    """List the person's own drafts, to go on with one."""
    rows = queries.drafts_of(author_of(request), at=timezone.localtime())
    drafts = [(draft, page_address(draft.kind, draft.ref, TASKS)) for draft in rows]
    context = {"drafts": drafts, "days": settings.DRAFT_DAYS}
    return render(request, "drafts/unfinished.html", context)
