"""Opening a case by hand for a child whom the search has shown to be on file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases import actions, forms, queries
from onroll.cases.entries import TO_ADD, find_entry, keep_entry
from onroll.cases.frame import find_child, today
from onroll.cases.queries import Typed
from onroll.children.actions import ChildFacts
from onroll.children.models import Child
from onroll.children.queries import get_child, is_plain, plain
from onroll.govuk.questions import Done, ask
from onroll.receipts.keys import content
from onroll.schools.models import School


@needs(*TO_ADD)
@require_POST
def start(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin to open a case for a child on file: go to the question why."""
    child = find_child(request, ref)
    if not is_plain(child):
        raise Http404
    handle = keep_entry(request, Typed(child.forename, child.surname, child.born_on))
    return redirect("cases:open_for_child", handle, child.ref)


@needs(*TO_ADD)
def open_for_child(request: HttpRequest, handle: str, child: str) -> HttpResponse:
    """Open a case for a child on file, or add a reason to the case the child has."""
    user, on = me(request), today()
    find_entry(request, handle)
    try:
        known = get_child(user, child, of=plain(), on=on)
    except Child.DoesNotExist:
        raise Http404 from None
    school, left_on = queries.last_school(known)
    form = forms.ReportForm(
        posted(request)[0], on=on, born=queries.exact_birthday(known), since=left_on
    )

    def act(form: forms.ReportForm) -> Done:
        key = f"entry {handle} {content(request)[:16]}"
        return report(
            request, form.cleaned_data, key=key, child=known, school=school, left_on=left_on
        )

    def show(form: forms.ReportForm) -> HttpResponse:
        saw(request, [known.pk], "open a case", Permission.CHILD_FIND, ("name", "date of birth"))
        context = {
            "title": "Open a case",
            "form": form,
            "identity": queries.describe(known, upn="", on=on),
            "has_case": queries.case_of_child(user, known, on=on),
            "handle": handle,
        }
        return render(request, "cases/open_for_child.html", context)

    return ask(request, form, act, show)


def report(
    request: HttpRequest,
    answers: Mapping[str, Any],
    *,
    key: str,
    child: Child | ChildFacts,
    school: School | None,
    left_on: date | None,
) -> Done:
    """Put a child on the register for what was answered to `forms.ReportForm`.

    `key` is what the same entry sent twice has in common, and another has not: the key of the form
    guards against a second sending, this also when the page was loaded anew.
    """
    case = actions.report_child(
        key=key,
        child=child,
        reason=answers["reason"],
        because=answers["because"],
        said_by=answers["said_by"],
        event_on=answers["event_on"],
        by=me(request),
        on=today(),
        at=timezone.localtime(),
        last=actions.LastSchool(school=school, left_on=left_on),
    )
    return Done(reverse("casefile:case", args=[case.ref]), f"Case {case.ref} is on the register.")
