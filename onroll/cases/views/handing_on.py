"""Giving several cases of the register to one officer: one page to check, one that says the end."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.addresses import page_address
from onroll.cases import actions, queries
from onroll.cases.forms import AssignSeveralForm
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.cases.queries.register import Filters
from onroll.cases.sheets import FIELDS
from onroll.cases.views.register import address_of, codes_of
from onroll.govuk.parts import Column, Table
from onroll.govuk.questions import Done, ask
from onroll.schools.queries import calendar_for

MOST_CASES = 100
ENDS = "cases_assigned"
MOST_ENDS = 10
"""Where a session has how the last of these ended, and of how many."""
COLUMNS = tuple(
    map(Column, ("Child", "Why and last school", "Stage and owner", "On register", "Next clock"))
)


@needs(Permission.CASE_ASSIGN)
def assign_several(request: HttpRequest) -> HttpResponse:
    """Show the cases that were ticked, and give them all to one officer."""
    cases, back_url = _ticked(request), _back(request)
    if not cases:
        messages.error(request, "No case was ticked. Tick those that you want to assign.")
        return redirect(back_url)

    def act(form: AssignSeveralForm) -> Done:
        versions = form.cleaned_data["versions"]
        ended = actions.assign_cases(
            cases=[(case, versions.get(case.ref)) for case in cases],
            owner=form.cleaned_data["person"],
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(_keep(request, ended, form.cleaned_data["person"].name, back_url))

    versions = " ".join(f"{case.ref}:{case.version}" for case in cases)
    form = AssignSeveralForm(
        posted(request)[0],
        initial={"versions": versions},
        people=queries.colleagues(to_own=True),
    )
    return ask(request, form, act, lambda form: _check(request, cases, form, back_url))


def _ticked(request: HttpRequest) -> list[Case]:
    """Return the cases in the address that this person may see; a closed one as well."""
    refs = request.GET.getlist("case")[:MOST_CASES]
    cases = queries.register(me(request), Filters(stage="all"), on=today())
    return list(cases.filter(ref__in=refs))


def _back(request: HttpRequest) -> str:
    """Return the page of the register on which the cases were ticked, with its filters."""
    page, handle = request.GET.get("page", ""), request.GET.get("found", "")
    return address_of(handle=handle, page=page if page.isdecimal() else "", **codes_of(request.GET))


def _check(
    request: HttpRequest, cases: list[Case], form: AssignSeveralForm, back_url: str
) -> HttpResponse:
    user, on = me(request), today()
    lines = queries.shown_lines(cases, user=user, on=on, calendar=calendar_for(None))
    children = [case.child_id for case in cases]
    saw(request, children, "cases to assign", Permission.CASE_LIST, FIELDS)
    context = {
        "title": "Assign these cases",
        "form": form,
        "lines": lines,
        "columns": COLUMNS,
        "button": "Assign the cases",
        "back_url": back_url,
        "cancel_url": back_url,
        "proposed": queries.proposed(on=on),
    }
    return render(request, "cases/assign_several.html", context)


def _keep(request: HttpRequest, ended: actions.HandedOn, owner: str, back_url: str) -> str:
    """Keep how it ended in the session; return the address of the page that says so."""
    handle = secrets.token_urlsafe(9)
    ends = {**request.session.get(ENDS, {})}
    ends[handle] = {
        "owner": owner,
        "refs": ended.refs,
        "refusals": ended.refusals,
        "back_url": back_url,
    }
    request.session[ENDS] = dict(list(ends.items())[-MOST_ENDS:])
    return reverse("cases:assigned", args=[handle])


@needs(Permission.CASE_ASSIGN)
@require_safe
def assigned(request: HttpRequest, handle: str) -> HttpResponse:
    """Say which cases were assigned, and which were not and why."""
    end = request.session.get(ENDS, {}).get(handle)
    if end is None:
        raise Http404
    again = urlencode([("case", ref) for ref, _ in end["refusals"]])
    context: dict[str, Any] = {
        **end,
        "number": len(end["refs"]),
        "table": _refused(end["refusals"]) if end["refusals"] else None,
        "again_url": f"{reverse('cases:assign_several')}?{again}",
    }
    return render(request, "cases/assigned.html", context)


def _refused(refusals: list[tuple[str, str]]) -> Table:
    shape = '<a class="govuk-link onroll-nowrap" href="{}">{}</a>'
    rows = [
        (format_html(shape, page_address("casefile:case", ref), ref), why) for ref, why in refusals
    ]
    return Table("Not assigned", ("Case", "Why"), rows, is_stacked=True)
