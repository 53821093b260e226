"""Closing a case: which outcome, and then its facts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.accounts.roles import Role
from onroll.cases import actions, queries
from onroll.cases.action_forms import ClosingForm
from onroll.cases.frame import find_case, require, show
from onroll.cases.outcome_forms import OutcomeForm
from onroll.cases.views.work import Question, as_opened, ask_about
from onroll.govuk.fields import lower_first
from onroll.rules.outcomes import OUTCOMES, Answer
from onroll.schools.queries import reporting_schools


@needs(Permission.CASE_CLOSE)
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask which way the case ends, and go on to the facts of that outcome."""
    case = find_case(request, ref)
    require(request, Permission.CASE_CLOSE, case)
    is_manager = me(request).role == Role.MGR
    form = OutcomeForm(**as_opened(request, case), is_manager=is_manager)
    if request.method == "POST" and form.is_valid():
        slug = form.cleaned_data["outcome"].replace("_", "-")
        return redirect("cases:close_as", case.ref, slug)
    context = {
        "title": "Close the case",
        "form": form,
        "button": "Continue",
        "back_url": reverse("casefile:case", args=[case.ref]),
        "for_managers": [] if is_manager else FOR_MANAGERS,
        "managers": queries.managers(),
    }
    return show(request, case, "cases/question.html", page="case: close", context=context)


FOR_MANAGERS = [
    outcome.title
    for outcome in OUTCOMES.values()
    if outcome.is_manager_needed and outcome.is_by_hand
]


@needs(Permission.CASE_CLOSE)
def close_as(request: HttpRequest, ref: str, outcome: str) -> HttpResponse:
    """Ask for the facts of one outcome, and close the case with them (P30, P43)."""
    case, chosen = find_case(request, ref), OUTCOMES.get(outcome.replace("-", "_"))
    require(request, Permission.CASE_CLOSE, case)
    if chosen is None or not chosen.is_by_hand:
        raise Http404
    if chosen.is_manager_needed and me(request).role != Role.MGR:
        messages.error(request, f"“{chosen.title}” is for a manager to record. Ask yours to look.")
        return redirect("cases:close", case.ref)

    def act(form: ClosingForm) -> None:
        actions.close_case(
            case=case,
            outcome=chosen.code,
            facts=form.facts,
            why=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
            version=form.cleaned_data["version"],
            explained=form.explained,
            explanation=form.cleaned_data.get("explanation", ""),
            fates=form.fates,
        )

    waiting = queries.open_actions_of(case)
    form = ClosingForm(**as_opened(request, case), outcome=chosen, actions=waiting)
    sightings = queries.sightings_of(case, me(request))
    asks_school = any(fact.answer == Answer.SCHOOL for fact in chosen.facts)
    question = Question(
        f"Close the case: {lower_first(chosen.title)}",
        form,
        act,
        f"Case {case.ref} is closed.",
        button="Close the case",
        context={
            "clause": chosen.source,
            "seen": sightings,
            "schools": reporting_schools() if asks_school else (),
        },
        fields=sightings.fields if sightings else (),
    )
    return ask_about(request, case, question)
