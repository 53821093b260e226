"""What every page of a meeting does: find it, and write down who reads them."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.govuk.parts import Link
from onroll.meetings import queries
from onroll.meetings.models import AgendaItem, Meeting


def find_meeting(request: HttpRequest, ref: str) -> Meeting:
    """Return a meeting that a person may see; 404 else."""
    try:
        return queries.get_meeting(me(request), ref)
    except Meeting.DoesNotExist:
        raise Http404 from None


def find_item(request: HttpRequest, meeting: Meeting, pk: int) -> AgendaItem:
    """Return a line of its agenda whose case a person may see; 404 else."""
    try:
        return queries.item_of(meeting, me(request), pk, on=today())
    except AgendaItem.DoesNotExist:
        raise Http404 from None


def meeting_url(meeting: Meeting) -> str:
    """Return the address of a meeting."""
    return reverse("meetings:meeting", args=[meeting.ref])


def show_page(
    request: HttpRequest,
    template: str,
    *,
    page: str,
    cases: Iterable[Case] = (),
    fields: tuple[str, ...] = ("name",),
    **context: Any,
) -> HttpResponse:
    """Show a page, once it is written down which children a person reads there."""
    children = [case.child_id for case in cases]
    if children:
        saw(request, children, f"meeting: {page}", Permission.CASE_LIST, fields)
    links = [Link("Meetings of agencies", reverse("meetings:meetings"))]
    return render(request, template, {"links": links, **context})
