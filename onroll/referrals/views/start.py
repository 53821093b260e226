"""Where do I start: questions that anyone may answer; nothing is stored but in the address."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import public
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.sides import Side, side_of
from onroll.addresses import page_address
from onroll.govuk.forms import Form, choose
from onroll.govuk.languages import in_english, translated
from onroll.referrals import pathway
from onroll.rules import claims
from onroll.rules.front_door import ASKERS, Asker, Question, with_names
from onroll.rules.hours import whom_to_ring
from onroll.rules.policy import LocalPolicy
from onroll.rules.referral import End, Route
from onroll.rules.start_records import ENDS, PROOFS, Kind
from onroll.schools.queries import our_policy


class AnswerForm(Form):
    """One question with its answers."""

    answer = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Select an answer")}
    )


@public
@translated
@require_safe
def asker(request: HttpRequest) -> HttpResponse:
    """Ask who is worried, and lead to that asker's first question."""
    form = _form(
        request,
        gettext("Who are you?"),
        [(who.value, gettext(words)) for who, words in ASKERS.items()],
    )
    if form.is_valid():
        chosen = form.cleaned_data["answer"]
        return _to("question", chosen, pathway.first(chosen))
    context = {
        "form": form,
        "title": gettext("Where do I start?"),
        "back_url": reverse("home"),
        "claims": claims.sentences(claims.START, say=gettext),
        "has_account": access.may(request.user, Permission.REFER),
        "may_ask_of_roll": access.may(request.user, Permission.ROLL_ASK),
    }
    return render(request, "referrals/start/asker.html", context | _frame(request))


@public
@translated
@require_safe
def question(request: HttpRequest, asker: str, code: str) -> HttpResponse:
    """Ask one question, and lead to the next one or to what to do."""
    step = _question(asker, code)
    words = with_names(gettext(step.words), our_policy())
    form = _form(request, words, [(answer.code, gettext(answer.words)) for answer in step.answers])
    if form.is_valid():
        chosen = form.cleaned_data["answer"]
        leads = next(answer.leads for answer in step.answers if answer.code == chosen)
        if isinstance(leads, str):
            return _to("question", asker, leads)
        return _to("end", asker, code, chosen)
    context = {
        "form": form,
        "title": words,
        "source": pathway.in_full(step.source),
        "back_url": _before(asker, step),
    }
    return render(request, "referrals/start/question.html", context | _frame(request))


@public
@translated
@require_safe
def end(request: HttpRequest, asker: str, code: str, answer: str) -> HttpResponse:
    """Show what to do, by when, by which clause, and whom to ring."""
    step = _question(asker, code)
    try:
        found = pathway.end_at(step, answer)
    except LookupError:
        raise Http404 from None
    policy, at = our_policy(), _now(request)
    may_tell_of_family = found.is_about_places and access.may(request.user, Permission.REFER)
    context = {
        **_advice(found, policy, at),
        "english": in_english(_advice, found, policy, at, is_beside=True),
        "asked": with_names(gettext(step.words), policy),
        "answered": gettext(next(a.words for a in step.answers if a.code == answer)),
        "back_url": reverse("referrals:question", args=[asker, code]),
        "policy": policy,
        **_to_record(request, _kind_of(asker, code, answer, found.route)),
        "refer_url": _refer_url(request, asker, found),
        "family_url": page_address("admissions:tell") if may_tell_of_family else "",
        "is_if_believed": found.route is Route.NOBODY,
        "is_school_without_account": _is_school_without_account(request, asker),
        "is_anyone": asker == Asker.ANYONE and not access.may(request.user, Permission.REFER),
    }
    return render(request, "referrals/start/end.html", context | _frame(request))


def _advice(
    end: End, policy: LocalPolicy, at: datetime, *, is_beside: bool = False
) -> dict[str, Any]:
    """Return what an end shows; beside a translation whom to ring, and what to do if urgent."""
    line = whom_to_ring(policy, at=at, say=gettext)
    context: dict[str, Any] = {"contacts": pathway.whom_to_ring(end, line=line, policy=policy)}
    if is_beside and end.route != Route.MASH_URGENT:
        return context
    return context | {
        "title": with_names(gettext(pathway.TITLES[end.route]), policy),
        "steps": pathway.steps(end, policy=policy, line=line, on=at.date()),
    }


def _form(request: HttpRequest, words: str, answers: list[tuple[str, str]]) -> AnswerForm:
    """Return a question's form, answered when the address says so."""
    form = AnswerForm(request.GET if request.GET.keys() & {"answer", "sent"} else None)
    form.fields["answer"].label = words
    choose(form, "answer", answers)
    return form


def _question(asker: str, code: str) -> Question:
    try:
        return pathway.question_at(asker, code)
    except LookupError:
        raise Http404 from None


def _before(asker: str, step: Question) -> str:
    last = pathway.question_before(asker, step)
    if last is None:
        return reverse("referrals:start")
    return reverse("referrals:question", args=[asker, last.code])


def _refer_url(request: HttpRequest, asker: str, end: End) -> str:
    """Return the form in which to write, at an end from which this asker refers; else nothing.

    Who is signed in has the form of their own, whoever they said they are. Somebody at a school
    without an account has that of a professional.
    """
    if not end.is_referred(is_at_work=asker != Asker.ANYONE):
        return ""
    if access.may(request.user, Permission.REFER):
        return own_form(request)
    page = "refer" if asker == Asker.ANYONE else "professional"
    return reverse(f"referrals:{page}")


def _is_school_without_account(request: HttpRequest, asker: str) -> bool:
    """Say whether somebody of a school has to sign in to have the form of their school."""
    return asker == Asker.SCHOOL and not access.may(request.user, Permission.REFER)


def own_form(request: HttpRequest) -> str:
    """Return the form in which somebody with an account refers: a school's, or a professional's."""
    is_school = isinstance(request.user, User) and side_of(request.user) is Side.SCHOOL
    return reverse("referrals:school" if is_school else "referrals:professional")


def _kind_of(asker: str, code: str, answer: str, route: Route) -> Kind | None:
    """Return what is to be written down at an end: what makes it true, or the call."""
    if asker != Asker.ANYONE and route is Route.MASH_URGENT:
        return Kind.CALL
    return ENDS.get(code) if answer == "yes" else None


def _to_record(request: HttpRequest, kind: Kind | None) -> dict[str, Any]:
    """Return what has to be known, and for who is signed in where it is written down."""
    if kind is None:
        return {}
    url = reverse("referrals:start_record", args=[kind.value])
    has_account = access.may(request.user, Permission.REFER)
    return {
        "proofs": [gettext(proof.words) for proof in PROOFS[kind]],
        "record_url": url if has_account else "",
        "not_known_url": "" if has_account else reverse("referrals:professional"),
        "is_call": kind is Kind.CALL,
    }


def _to(page: str, *args: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"referrals:{page}", args=args))


def _now(request: HttpRequest) -> datetime:
    return getattr(request, "began_at", None) or timezone.localtime()


def _frame(request: HttpRequest) -> dict[str, Any]:
    """Return what stands on every page: whom to ring if a child is in danger now."""
    return {"line": whom_to_ring(our_policy(), at=_now(request), say=gettext)}
