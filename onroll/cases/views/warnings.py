"""Warnings on a child or an address: added, read, looked at again, ended."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases import actions, queries
from onroll.cases.frame import find_case, require, show, sub_pages, today, trail
from onroll.cases.models import Case
from onroll.cases.views.sightings import NOWHERE
from onroll.cases.views.work import Question, ask_about
from onroll.cases.warning_forms import WarningForm, WarningReviewForm
from onroll.schools.queries import our_policy


@needs(Permission.NOTES_VIEW)
@require_safe
def warnings(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the warnings that hold for a case, and those that are over."""
    case = find_case(request, ref)
    require(request, Permission.NOTES_VIEW, case)
    if not queries.may_read_warnings(me(request), case):
        return redirect("casefile:case", case.ref)
    may_work = case.is_open and queries.may_on(me(request), Permission.CASE_WORK, case)
    context = {
        "links": trail(case),
        "sub_links": sub_pages(case, "case"),
        "warnings": queries.warnings_of(case, me(request)),
        "ended": queries.ended_warnings(case),
        "may_work": may_work,
    }
    fields = ["warnings"]
    page = "case: warnings"
    return show(request, case, "cases/warnings.html", page=page, context=context, fields=fields)


@needs(Permission.CASE_WORK, Permission.NOTES_VIEW)
def add_warning(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask what somebody must know who visits or rings, and when that is looked at again."""
    case = _find(request, ref)
    home = queries.home_of(case.child, case, user=me(request))
    rows = (*home.addresses, *home.protected)
    homes = queries.distinct_homes(row for row in rows if row.kind not in NOWHERE)
    form = WarningForm(posted(request)[0], on=today(), ahead=_ahead(), addresses=homes)

    def act(form: WarningForm) -> None:
        actions.add_warning(
            case=case,
            text=form.cleaned_data["text"],
            review_on=form.cleaned_data["review_on"],
            address=form.address,
            by=me(request),
            at=timezone.localtime(),
        )

    question = Question(
        "Add a warning",
        form,
        act,
        f"The warning stands at the head of case {case.ref}, and on the sheet for a visit.",
        button="Add the warning",
        context={"words": LEAD},
        fields=("warnings", "addresses") if homes else ("warnings",),
    )
    return ask_about(request, case, question)


LEAD = (
    "Only who may read what is written about the child’s safety reads a warning. Write what you "
    "would say to the family’s face: they may ask to read it."
)


@needs(Permission.CASE_WORK, Permission.NOTES_VIEW)
def review_warning(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask whether a warning still holds: until when, or why it is over."""
    case = _find(request, ref)
    try:
        warning = queries.warning_of(case, pk, with_ended=request.method == "POST")
    except queries.NoWarning:
        raise Http404 from None
    form = WarningReviewForm(posted(request)[0], on=today(), ahead=_ahead())

    def act(form: WarningReviewForm) -> None:
        by, at, answers = me(request), timezone.localtime(), form.cleaned_data
        if answers["holds"] == "yes":
            day = answers["review_on"]
            actions.review_warning(warning=warning, on_case=case, review_on=day, by=by, at=at)
        else:
            actions.end_warning(warning=warning, on_case=case, why=answers["why"], by=by, at=at)

    question = Question(
        "Does this warning still hold?",
        form,
        act,
        f"The answer is kept on case {case.ref}.",
        back="cases:warnings",
        context={"words": warning.text},
        fields=("warnings",),
    )
    return ask_about(request, case, question)


def _find(request: HttpRequest, ref: str) -> Case:
    """Return a case on which somebody may write a warning; 403 or 404 else."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    require(request, Permission.NOTES_VIEW, case)
    return case


def _ahead() -> date:
    """Return the day that is proposed for the next look."""
    return today() + timedelta(weeks=our_policy().on(today()).warning_review_weeks)
