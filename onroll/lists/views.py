"""What a list shows of a child: the question to an officer, and how it was answered."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw, typed
from onroll.addresses import page_address
from onroll.govuk.forms import Form
from onroll.govuk.questions import Done, ask
from onroll.intake.queries import places_of
from onroll.lists import actions, forms, pages, queries, words
from onroll.lists.models import Finding
from onroll.rules import confirmations
from onroll.rules.outcomes import Outcome
from onroll.schools.queries import reporting_schools


@needs(Permission.MATCH_DECIDE)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an officer's answer to what a list shows: who has this child?"""
    over = queries.get_answered_finding(me(request), pk)
    if over is not None:
        return _answered(request, over)
    finding = queries.get_finding(me(request), pk)
    form = forms.FindingForm(posted(request)[0], kind=finding.kind)

    def act(form: forms.FindingForm) -> Done:
        way = form.cleaned_data["answer"]
        if way != forms.MISSING:
            return Done(reverse("lists:finding_place", args=[pk, way.replace("_", "-")]))
        answered = actions.answer_finding(
            finding=finding,
            why=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
        )
        assert answered.case is not None  # a child whom nobody knows to be anywhere has one
        return Done(
            page_address("casefile:case", answered.case.ref), "A case is open for the child."
        )

    return ask(request, form, act, lambda form: _finding(request, finding, form))


@needs(Permission.MATCH_DECIDE)
def answer_with_place(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """Ask where the child is, since when and who said so, and keep it as the child's place."""
    over = queries.get_answered_finding(me(request), pk)
    if over is not None:
        return _answered(request, over)
    finding = queries.get_finding(me(request), pk)
    chosen = confirmations.known_ways(finding.kind).get(way.replace("-", "_"))
    if chosen is None:
        raise Http404
    form = forms.PlaceForm(posted(request)[0], outcome=chosen)

    def act(form: forms.PlaceForm) -> Done:
        actions.answer_finding(
            finding=finding,
            way=chosen.code,
            facts=form.facts,
            why=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
        )
        url = page_address("casefile:child", finding.child.ref)
        return Done(url, "Where the child is stands on the child’s record now.")

    return ask(request, form, act, lambda form: _finding(request, finding, form, chosen))


def _finding(
    request: HttpRequest, finding: Finding, form: Form, chosen: Outcome | None = None
) -> HttpResponse:
    """Show a finding with the question that is asked of it, the read recorded."""
    saw(request, [finding.child_id], "finding of a list", Permission.MATCH_DECIDE, ("identity",))
    context = {
        "form": form,
        "finding": finding,
        "chosen": chosen,
        "all_schools": reporting_schools() if "school" in form.fields else (),
        "status": words.status(finding.kind),
        "places": pages.places(places_of(finding.child)),
        "settle_first": pages.settle_first(finding),
        "review_url": pages.review_url(),
    }
    return render(request, "lists/finding.html", context)


def _answered(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Show how a finding was answered, or that something explained it."""
    answers = [_answer(finding)] if finding.answered_at is not None else []
    context = {
        "title": "Who has this child?",
        "what": f"Finding of file {finding.transfer.ref}",
        "name": finding.child.name,
        "status": "This finding is answered."
        if answers
        else "Something known since explains this finding.",
        "replies": answers,
        "result": words.evidence(finding),
        "clause": finding.type.clause,
        "child": finding.child,
        "case": finding.case,
        "file_url": "",
        "typed": typed(request, "why"),
    }
    saw(request, [finding.child_id], "answered finding", Permission.MATCH_DECIDE, ("identity",))
    return render(request, "intake/answered.html", context)


def _answer(finding: Finding) -> dict[str, Any]:
    return {
        "words": pages.answer_words(finding),
        "by": finding.answered_by.name if finding.answered_by else "Onroll",
        "at": finding.answered_at,
        "why": finding.answered_why,
        "facts": pages.stated(finding),
    }
