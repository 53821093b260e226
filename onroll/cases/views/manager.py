"""What an officer asks the manager about a case, the answer, and that it was read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases import actions
from onroll.cases.forms import OnCase
from onroll.cases.frame import find_case, require
from onroll.cases.manager_forms import ManagerAnswerForm, QuestionForm
from onroll.cases.models import Case, ManagerQuestion
from onroll.cases.queries.manager import question_of
from onroll.cases.queries.risk import risk_of
from onroll.cases.views.work import Question, ask_about
from onroll.govuk.questions import Done, press


@needs(Permission.CASE_WORK, Permission.NOTES_VIEW)
def ask_manager(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask the manager something about a case."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    require(request, Permission.NOTES_VIEW, case)

    def act(form: QuestionForm) -> None:
        text = form.cleaned_data["text"]
        actions.ask_manager(case=case, text=text, by=me(request), at=timezone.localtime())

    question = Question(
        "Ask the manager",
        QuestionForm(posted(request)[0]),
        act,
        "It is asked. It waits on the manager’s first page, and the answer comes to yours.",
        button="Ask the manager",
        context={"risk": risk_of(case) if case.is_open else None},
        fields=("risk",),
    )
    return ask_about(request, case, question)


@needs(Permission.CASE_OVERSEE, Permission.NOTES_VIEW)
def answer_manager(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Answer what an officer asked, with a decision and its reason."""
    case = find_case(request, ref)
    row = _find(case, pk)
    if row.answered_at is not None and request.method != "POST":
        raise Http404

    def act(form: ManagerAnswerForm) -> None:
        actions.answer_question(
            question=row,
            decision=form.cleaned_data["decision"],
            why=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
        )

    question = Question(
        "Answer the officer",
        ManagerAnswerForm(posted(request)[0]),
        act,
        "The answer is kept. It stands on the case, and on the first page of who asked.",
        button="Answer",
        context={"asked": row, "risk": risk_of(case) if case.is_open else None},
        fields=("risk", "question to the manager"),
    )
    return ask_about(request, case, question)


@needs(Permission.CASE_WORK, Permission.NOTES_VIEW)
@require_POST
def read_answer(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Say that the manager's answer was read."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    require(request, Permission.NOTES_VIEW, case)
    row, back = _find(case, pk), reverse("casefile:case", args=[case.ref])

    def act(_form: OnCase) -> Done:
        actions.note_answer_read(question=row, by=me(request), at=timezone.localtime())
        return Done(back, "The answer is marked as read.")

    return press(request, OnCase(request.POST), act, back_url=back)


def _find(case: Case, pk: int) -> ManagerQuestion:
    try:
        return question_of(case, pk)
    except ManagerQuestion.DoesNotExist:
        raise Http404 from None
