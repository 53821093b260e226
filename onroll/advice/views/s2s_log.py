"""The log of S2S: searches, messages of ours, messages of others and their answers (P37)."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from onroll.accounts.access import may
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.addresses import page_address
from onroll.advice import queries
from onroll.advice.message_forms import DaysForm
from onroll.advice.models import PupilMessage
from onroll.advice.queries import S2SLine
from onroll.cases.frame import today
from onroll.cases.queries import name_of
from onroll.enquiries.models import EnquiryEntry
from onroll.govuk.parts import Table
from onroll.govuk.templatetags.govuk import when
from onroll.rules.enquiry_log import Act

PER_PAGE = 25
COLUMNS = ("What it was", "Day", "About", "Who", "What came of it")
TITLES = {
    Act.ASK: "Search, or message sent",
    Act.CHASE: "Asked again",
    Act.ANSWER: "What was found, or answered",
}
MESSAGE, ANSWER = "Message received", "Answer sent"


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def s2s_log(request: HttpRequest) -> HttpResponse:
    """List what went over S2S and each search for a lost pupil, the newest on top."""
    user, form = me(request), DaysForm(request.GET)
    days = form.cleaned_data if form.is_valid() else {}
    rows = queries.s2s_log(user, on=today(), **days)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = queries.lines_of(list(page))
    children = [_child(line) for line in lines]
    saw(request, children, "log of S2S", Permission.ENQUIRY_LOG_VIEW, ("name", "enquiries"))
    title = "Log of S2S and lost pupil searches"
    cells = [_cells(line, user) for line in lines]
    empty = "Nothing is written down for these days that you may see."
    context = {
        "title": title,
        "form": form,
        "page": page,
        "table": Table(title, COLUMNS, cells, empty, is_caption_hidden=True, is_stacked=True),
        "keep": _query(request),
        "may_answer": may(user, Permission.AUTHORITY_ANSWER),
    }
    return render(request, "advice/s2s_log.html", context)


def _query(request: HttpRequest) -> str:
    """Return the days in the address, without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _child(line: S2SLine) -> int | None:
    if line.entry is not None:
        return line.entry.enquiry.case.child_id
    return line.message.record_id if line.message and line.is_answer else None


def _cells(line: S2SLine, user: User) -> tuple[object, ...]:
    if line.entry is not None:
        return _entry_cells(line.entry, user)
    assert line.message is not None
    return _message_cells(line.message, is_answer=line.is_answer, day=when(line.on))


def _entry_cells(entry: EnquiryEntry, user: User) -> tuple[object, ...]:
    enquiry = entry.enquiry
    title = TITLES[Act(entry.act)]
    about = format_html(
        '{}<br><a class="govuk-link" href="{}">Case {}</a>',
        name_of(enquiry.case.child, user),
        page_address("casefile:case", enquiry.case.ref),
        enquiry.case.ref,
    )
    school = enquiry.by_school
    person = entry.done_by or (entry.by.name if entry.by else "As a referral told")
    result = entry.lead_title or entry.result_title or "Written down; see the enquiry"
    url = page_address("enquiries:enquiry", enquiry.case.ref, enquiry.ref)
    if school:
        person = f"{person}, {school.name}"
    return _link(url, title, enquiry.ref), when(entry.done_on), about, person, result


def _message_cells(message: PupilMessage, *, is_answer: bool, day: object) -> tuple[object, ...]:
    url = page_address("advice:pupil_message", message.ref)
    link = _link(url, ANSWER if is_answer else MESSAGE, message.ref)
    about = format_html("{}<br>{}", message.name, message.authority_name)
    if is_answer:
        person = message.answered_by.name if message.answered_by else ""
        return link, day, about, person, message.answer_title
    result = "Answered" if message.answer else "Waits for an answer"
    return link, day, about, message.by.name, result


def _link(url: str, words: str, ref: str) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{} {}</a>', url, words, ref)
