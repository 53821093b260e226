"""Meetings: the list, one with its agenda, planned, ended, and their papers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases.frame import today
from onroll.cases.queries import names_of
from onroll.govuk.questions import Done, ask
from onroll.meetings import actions, queries
from onroll.meetings.forms import EndForm, PlanForm
from onroll.meetings.models import Meeting
from onroll.meetings.printed import agenda_of
from onroll.meetings.views.frame import find_meeting, meeting_url, show_page

A_PAGE = 25


@needs(Permission.CASE_ASSIGN)
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings, the latest first."""
    page = Paginator(queries.meetings_in_sight(me(request)), A_PAGE).get_page(
        request.GET.get("page")
    )
    return show_page(request, "meetings/meetings.html", page="list", links=(), rows=page)


@needs(Permission.CASE_ASSIGN)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""

    def act(form: PlanForm) -> Done:
        row = actions.plan_meeting(
            on=form.cleaned_data["on"],
            starts_at=form.hour,
            place=form.cleaned_data["place"],
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(meeting_url(row), f"Meeting {row.ref} is planned. Choose now what it is about.")

    def page(form: PlanForm) -> HttpResponse:
        return show_page(
            request,
            "meetings/question.html",
            page="plan",
            back_url=reverse("meetings:meetings"),
            title="Plan a meeting of agencies",
            form=form,
            button="Plan it",
        )

    return ask(request, PlanForm(posted(request)[0]), act, page)


@needs(Permission.CASE_ASSIGN)
@require_safe
def meeting(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a meeting: its agenda, what was said and decided, and what is left to do."""
    row = find_meeting(request, ref)
    items = queries.items_of(row, me(request), on=today())
    cases = [item.case for item in items]
    names = names_of(cases, me(request))
    return show_page(
        request,
        "meetings/meeting.html",
        page="agenda",
        cases=cases,
        fields=("name", "what was said at a meeting"),
        meeting=row,
        lines=[(item, names[item.case_id]) for item in items],
        is_today_or_over=row.on <= today(),
        has_minutes=not row.is_open and queries.is_whole(row, items),
        waiting=sum(item.talked_at is None for item in items),
    )


@needs(Permission.CASE_ASSIGN)
@require_safe
def agenda(request: HttpRequest, ref: str) -> HttpResponse:
    """Return the agenda as a PDF, made now."""
    row, at = find_meeting(request, ref), timezone.localtime()
    items = queries.items_of(row, me(request), on=today())
    _log(request, [item.case.child_id for item in items], "the agenda as a PDF")
    return _as_pdf(agenda_of(row, items, made_at=at), f"agenda-{row.ref}.pdf")


@needs(Permission.CASE_ASSIGN)
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """End a meeting: who came, and then its minutes stay as they are."""
    row = find_meeting(request, ref)

    def act(form: EndForm) -> Done:
        actions.end_meeting(
            meeting=row,
            people=form.cleaned_data["people"],
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(
            meeting_url(row),
            f"Meeting {row.ref} has ended. Its minutes are kept, and the sharing log of each case "
            "says who heard about the child.",
        )

    def page(form: EndForm) -> HttpResponse:
        return show_page(
            request,
            "meetings/question.html",
            page="end",
            back_url=meeting_url(row),
            title="End the meeting",
            form=form,
            button="End it",
        )

    return ask(request, EndForm(posted(request)[0]), act, page)


@needs(Permission.CASE_ASSIGN)
@require_safe
def minutes(request: HttpRequest, ref: str) -> HttpResponse:
    """Return the minutes of a meeting that has ended, as they were made."""
    row: Meeting = find_meeting(request, ref)
    items = queries.items_of(row, me(request), on=today())
    if row.is_open or not queries.is_whole(row, items):
        raise Http404
    _log(request, [item.case.child_id for item in items], "the minutes as a PDF")
    return _as_pdf(bytes(row.minutes), f"minutes-{row.ref}.pdf")


def _log(request: HttpRequest, children: list[int], page: str) -> None:
    if children:
        fields = ("initials", "year group", "what was said at a meeting")
        saw(request, children, f"meeting: {page}", Permission.CASE_LIST, fields)


def _as_pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
