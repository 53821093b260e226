"""What families told us, on the pages of a case; and what an officer heard from one (P62)."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases.frame import find_case, require, today
from onroll.cases.queries import may_on
from onroll.documents.frame import hand_out
from onroll.enquiries.models import EnquiryEntry
from onroll.enquiries.queries import NoEnquiry, get_enquiry
from onroll.govuk.questions import Done, ask
from onroll.letters import actions, queries
from onroll.letters.forms import HeardForm
from onroll.letters.views.frame import find, letters_url, show_page


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def answers(request: HttpRequest, ref: str, enquiry: str) -> HttpResponse:
    """Show what a family told us on an enquiry, and ask who has read it."""
    case, user = find(request, ref), me(request)
    try:
        row = get_enquiry(case, enquiry)
    except NoEnquiry:
        raise Http404 from None
    rows = list(queries.answers_to(row))
    sees_home = queries.sees_home(user, case)
    context = {
        "enquiry": row,
        "answers": rows,
        "looks": queries.looks(rows),
        "sees_home": sees_home,
        "may_open": may_on(user, Permission.DOCUMENT_OPEN, case),
        "may_read": _has_news(row.entries.all()) and may_on(user, Permission.ENQUIRY_ADD, case),
        "fields": ("what the family told us", "addresses") if sees_home else (),
    }
    return show_page(request, case, "letters/answers.html", "what the family told us", **context)


def _has_news(entries: Iterable[EnquiryEntry]) -> bool:
    return any(entry.is_news and entry.read_at is None for entry in entries)


@needs(Permission.ENQUIRY_ADD)
def heard(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask what a parent told an officer by telephone, on a visit or in another way."""
    case = find_case(request, ref)
    require(request, Permission.ENQUIRY_ADD, case)
    form = HeardForm(*posted(request), on=today())

    def act(form: HeardForm) -> Done:
        answer = actions.keep_answer(
            case=case,
            statement=form.statement(on=today()),
            files=form.attached,
            by=me(request),
            at=timezone.localtime(),
        )
        url = reverse("letters:answers", args=[answer.case.ref, answer.enquiry.ref])
        return Done(url, f"What they told you is kept as answer {answer.ref}.")

    def page(form: HeardForm) -> HttpResponse:
        context = {
            "title": "What did the family tell you?",
            "form": form,
            "button": "Save",
            "back_url": letters_url(case),
        }
        return show_page(request, case, "cases/question.html", "what a family said", **context)

    return ask(request, form, act, page)


@needs(Permission.ENQUIRY_LOG_VIEW, Permission.DOCUMENT_OPEN)
@require_safe
def file(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Give a file that came with what a family told us, once a scanner found nothing in it."""
    case = find(request, ref)
    require(request, Permission.DOCUMENT_OPEN, case)
    if not queries.sees_home(me(request), case):
        raise Http404  # a letter from a school has the address
    try:
        document = queries.document_of(case, pk)
    except queries.NoFile:
        raise Http404 from None
    return hand_out(
        request,
        document,
        children=[case.child_id],
        page="case: file of what the family told us",
        permission=Permission.DOCUMENT_OPEN,
    )
