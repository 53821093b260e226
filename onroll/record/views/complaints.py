"""Complaints about a case: written down, answered, and those that wait."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases.frame import today
from onroll.cases.queries import may_on, name_of
from onroll.cases.words import meaning
from onroll.govuk.questions import Done, ask
from onroll.record import actions, queries
from onroll.record.forms import AnswerForm, ComplaintForm
from onroll.record.views.frame import complaint_url, find, find_complaint, record_url, show_page

A_PAGE = 25


@needs(Permission.CASE_WORK)
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """List the complaints that wait for an answer, the one that is due first on top."""
    rows = queries.complaints_in_sight(me(request), on=today())
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    saw(request, [row.case.child_id for row in page], "complaints", Permission.CASE_WORK, ("name",))
    lines = [
        (
            row,
            name_of(row.case.child, me(request)),
            meaning(row.due_on, on=today()),
        )
        for row in page
    ]
    return render(request, "record/complaints.html", {"page": page, "lines": lines})


@needs(Permission.CASE_WORK)
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down a complaint about a case."""
    case = find(request, ref, Permission.CASE_WORK)
    form = ComplaintForm(posted(request)[0])

    def act(form: ComplaintForm) -> Done:
        answers = form.cleaned_data
        row = actions.record_complaint(
            case=case,
            came_on=answers["came_on"],
            complainant=form.person,
            name=answers["name"],
            words=answers["words"],
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(complaint_url(case, row), f"The complaint is on record as {row.ref}.")

    def page(form: ComplaintForm) -> HttpResponse:
        context = {
            "title": "Write down a complaint",
            "form": form,
            "button": "Save",
            "back_url": record_url(case),
        }
        return show_page(request, case, "cases/question.html", "write down a complaint", **context)

    return ask(request, form, act, page)


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def complaint(request: HttpRequest, ref: str, complaint: str) -> HttpResponse:
    """Show a complaint, by when it is to be answered, and the answer."""
    case = find(request, ref, Permission.ENQUIRY_LOG_VIEW)
    row = find_complaint(case, complaint)
    due_on = getattr(row, "due_on", None)
    return show_page(
        request,
        case,
        "record/complaint.html",
        "complaint",
        complaint=row,
        due_on=due_on,
        due_meaning=meaning(due_on, on=today()) if due_on and row.is_open else "",
        may_answer=row.is_open and may_on(me(request), Permission.CASE_WORK, case),
        fields=("complaints",),
    )


@needs(Permission.CASE_WORK)
def answer(request: HttpRequest, ref: str, complaint: str) -> HttpResponse:
    """Write down on which day a complaint was answered, and how."""
    case = find(request, ref, Permission.CASE_WORK)
    row = find_complaint(case, complaint)
    # What somebody answered meanwhile stands beside what is typed here.
    answered = {} if row.is_open else {"on": row.answered_on, "answer": row.answer}
    form = AnswerForm(posted(request)[0], initial=answered)

    def act(form: AnswerForm) -> Done:
        answers = form.cleaned_data
        actions.answer_complaint(
            complaint=row,
            on=answers["on"],
            answer=answers["answer"],
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(complaint_url(case, row), f"Complaint {row.ref} is answered.")

    def page(form: AnswerForm) -> HttpResponse:
        context = {
            "title": f"Answer complaint {row.ref}",
            "form": form,
            "button": "Save the answer",
            "back_url": complaint_url(case, row),
            "complaint": row,
        }
        return show_page(request, case, "record/answer.html", "answer a complaint", **context)

    return ask(request, form, act, page)
