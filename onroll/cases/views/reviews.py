"""The later looks at a case: is it still so, and which risks are there for the child by now?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.cases import actions
from onroll.cases.frame import find_case, require
from onroll.cases.manager_forms import RiskLevelForm
from onroll.cases.models import Case
from onroll.cases.queries.risk import level_in_words, risk_of
from onroll.cases.queries.risk_before import risks_before
from onroll.cases.review_forms import ReviewForm, RisksForm, UntracedForm
from onroll.cases.views.work import Question, as_opened, ask_about, find_clock
from onroll.rules.outcomes import REVIEWS

UNTRACED = "untraced_review"


@needs(Permission.CASE_WORK)
def review(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Answer a later look: is the child still there, still abroad, still not traced?

    Of a child who is not traced, the greater risks are thought of again as well (P76).
    """
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    clock = find_clock(request, case, pk)
    if clock.clock not in REVIEWS:
        return redirect("cases:meet_clock", case.ref, clock.pk)
    is_untraced = clock.clock == UNTRACED and case.is_open

    def act(form: ReviewForm) -> None:
        if isinstance(form, UntracedForm):
            _keep_risks(request, case, form)
        actions.answer_review(
            deadline=clock,
            is_still_so=form.cleaned_data["is_still_so"] == "yes",
            why=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
        )

    opened = as_opened(request, case)
    form = (
        UntracedForm(before=risks_before(case), **opened) if is_untraced else ReviewForm(**opened)
    )
    question = Question(
        clock.rule.title,
        form,
        act,
        "The answer is kept.",
        context={"clock": clock},
        fields=("risk",) if is_untraced else (),
    )
    return ask_about(request, case, question)


@needs(Permission.CASE_WORK, Permission.NOTES_VIEW)
def review_risks(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask of each greater risk of a missing child whether it is there by now (P76)."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    require(request, Permission.NOTES_VIEW, case)
    form = RisksForm(before=risks_before(case), **as_opened(request, case))
    question = Question(
        "Which risks are there for the child by now?",
        form,
        lambda form: _keep_risks(request, case, form),
        "The review is kept. The next one is due in its turn.",
        button="Save the review",
        context={"words": LEAD},
        fields=("risk",),
    )
    return ask_about(request, case, question)


LEAD = (
    "Children missing education are at greater risk of each of these (policy page 5). Think of "
    "each one, also where you found nothing last time."
)


def _keep_risks(request: HttpRequest, case: Case, form: RisksForm) -> None:
    actions.review_risks(
        case=case,
        answers=form.answers,
        told=form.telling,
        work=form.work,
        by=me(request),
        at=timezone.localtime(),
        version=form.cleaned_data["version"],
    )


@needs(Permission.CASE_WORK, Permission.NOTES_VIEW)
def risk_level(request: HttpRequest, ref: str) -> HttpResponse:
    """Set the level of risk of a case, which holds until the next review."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    require(request, Permission.NOTES_VIEW, case)

    def act(form: RiskLevelForm) -> None:
        actions.set_risk_level(
            case=case,
            level=form.chosen,
            why=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
            version=form.cleaned_data["version"],
        )

    question = Question(
        "Set the level of risk",
        RiskLevelForm(**as_opened(request, case)),
        act,
        "The level is kept. It holds until the next review, unless something new is graver.",
        context={"risk": risk_of(case)},
        stands=lambda: level_in_words(case),
        fields=("risk",),
    )
    return ask_about(request, case, question)
