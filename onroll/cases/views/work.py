"""What people do to a case, one question a page. A refusal goes back to the form, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases import actions, forms, queries
from onroll.cases.frame import find_case, require, show, today
from onroll.cases.models import Alert, Case
from onroll.cases.words import describe_alert
from onroll.clocks.actions import days_to_move_to
from onroll.clocks.models import Deadline
from onroll.govuk import differences
from onroll.govuk.fields import lower_first
from onroll.govuk.forms import Form
from onroll.govuk.parts import Table
from onroll.govuk.questions import Done, ask, press
from onroll.govuk.templatetags.govuk import when
from onroll.rules import pathway
from onroll.rules.outcomes import REVIEWS
from onroll.rules.pathway import Move
from onroll.rules.triage import RISK_REVIEW
from onroll.rules.warnings import WARNING_REVIEW

Act = Callable[[Any], object]


@dataclass(frozen=True)
class Question:
    """One page that asks one thing about a case, and what its answer does."""

    title: str
    form: Form
    act: Act
    done: str
    back: str = "casefile:case"
    button: str = "Save"
    kind: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    fields: Sequence[str] = ()
    """The names of what the page shows of the child."""
    stands: Callable[[], Mapping[str, str]] = dict
    """What stands now, by the names of questions, for who comes second; asked only then."""
    leads_to: str = ""
    """The address to which the answer leads, where that is not `back`."""


def ask_about(request: HttpRequest, case: Case, question: Question) -> HttpResponse:
    """Show the question; with an answer, act on it and go back to the case."""
    back = reverse(question.back, args=[case.ref])

    def act(form: Form) -> Done:
        question.act(form)
        return Done(question.leads_to or back, question.done)

    def page(form: Form) -> HttpResponse:
        context = {
            "title": question.title,
            "form": form,
            "button": question.button,
            "kind": question.kind,
            "back_url": back,
            "newest": _beside(request, case, question)
            if form.is_overtaken and not form.stands
            else None,
            **question.context,
        }
        name = f"case: {lower_first(question.title)}"
        return show(
            request,
            case,
            "cases/question.html",
            page=name,
            context=context,
            fields=question.fields,
        )

    return ask(request, question.form, act, page)


def _beside(request: HttpRequest, case: Case, question: Question) -> Table | None:
    """Return what somebody did to the case last, as far as the reader may know it, beside what was
    typed here."""
    step = next(iter(queries.events_of([queries], case, me(request))), None)
    if step is None:
        return None
    by = f", by {step.by.name}" if step.by else ""
    what = format_html("{}{}, {}", step.words, by, when(step.at))
    done = ("What is done", what, question.title)
    if stands := question.stands():
        return differences.side_by_side([done, *differences.beside(question.form, stands)])
    first, *rest = differences.answers(question.form) or [("Why", "")]
    rows = [
        done,
        (first[0], step.why or "No reason given", first[1]),
        *((label, "", words) for label, words in rest),
    ]
    return differences.side_by_side(rows)


def as_opened(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Return what a form about a case takes: the answer, and the case's version for a new page."""
    return {"data": posted(request)[0], "initial": {"version": case.version}}


@needs(Permission.CASE_VIEW)
def move(request: HttpRequest, ref: str, move: str) -> HttpResponse:
    """Take the case to its next stage by one of the moves of the pathway (P30)."""
    case, chosen = find_case(request, ref), _move(move)
    require(request, Permission(chosen.needs), case)

    def act(form: forms.WhyForm) -> None:
        answers = form.cleaned_data
        actions.move_case(
            case=case,
            move=chosen,
            why=answers["why"],
            by=me(request),
            at=timezone.localtime(),
            version=answers["version"],
        )

    form = forms.WhyForm(**as_opened(request, case))
    done = f"The case is now “{pathway.STAGE_TITLES[chosen.ends].lower()}”."
    return ask_about(request, case, Question(chosen.title, form, act, done, button=chosen.title))


def _move(slug: str) -> Move:
    for move in pathway.MOVES:
        if slugify(move.title) == slug and move not in (pathway.CLOSE, pathway.REOPEN):
            return move
    raise Http404


@needs(Permission.CASE_CLOSE)
def reopen(request: HttpRequest, ref: str) -> HttpResponse:
    """Open a closed case again."""
    case = find_case(request, ref)
    require(request, Permission.CASE_CLOSE, case)

    def act(form: forms.WhyForm) -> None:
        answers = form.cleaned_data
        actions.reopen_case(
            case=case,
            why=answers["why"],
            by=me(request),
            at=timezone.localtime(),
            version=answers["version"],
        )

    form = forms.WhyForm(**as_opened(request, case))
    title = "Re-open the case"
    return ask_about(
        request, case, Question(title, form, act, "The case is open again.", button=title)
    )


@needs(Permission.NOTE_ADD)
def note(request: HttpRequest, ref: str) -> HttpResponse:
    """Write a note on the case."""
    case = find_case(request, ref)
    require(request, Permission.NOTE_ADD, case)

    def act(form: forms.NoteForm) -> None:
        answers = form.cleaned_data
        actions.add_note(
            case=case,
            text=answers["text"],
            is_safeguarding=answers["is_safeguarding"],
            by=me(request),
            at=timezone.localtime(),
        )

    form = forms.NoteForm(posted(request)[0])
    question = Question("Add a note", form, act, "The note is added.", back="casefile:chronology")
    return ask_about(request, case, question)


@needs(Permission.CASE_ASSIGN)
def assign(request: HttpRequest, ref: str) -> HttpResponse:
    """Give the case to a colleague."""
    case = find_case(request, ref)
    require(request, Permission.CASE_ASSIGN, case)

    def act(form: forms.AssignForm) -> None:
        answers = form.cleaned_data
        actions.assign_case(
            case=case,
            owner=answers["person"],
            by=me(request),
            at=timezone.localtime(),
            version=answers["version"],
        )

    people = queries.colleagues(to_own=True)
    form = forms.AssignForm(**as_opened(request, case), people=people)
    title = "Who works on this case from now on?"
    context = {"proposed": queries.proposed(on=today(), apart_from=case.owner_id)}
    question = Question(
        title, form, act, "The case is assigned.", button="Assign the case", context=context
    )
    return ask_about(request, case, question)


@needs(Permission.CASE_ASSIGN)
@require_POST
def take(request: HttpRequest, ref: str) -> HttpResponse:
    """Assign the case to whoever presses the button; a case changed meanwhile is asked again."""
    case, user = find_case(request, ref), me(request)
    require(request, Permission.CASE_ASSIGN, case)
    case_url = reverse("casefile:case", args=[case.ref])

    def act(form: forms.OnCase) -> Done:
        version, at = form.cleaned_data["version"], timezone.localtime()
        actions.assign_case(case=case, owner=user, by=user, at=at, version=version)
        return Done(case_url, "The case is yours.")

    return press(request, forms.OnCase(request.POST), act, back_url=case_url)


@needs(Permission.CASE_ASSIGN)
def join(request: HttpRequest, ref: str) -> HttpResponse:
    """Put a colleague on the team of the case."""
    case = find_case(request, ref)
    require(request, Permission.CASE_ASSIGN, case)

    def act(form: forms.PersonForm) -> None:
        person = form.cleaned_data["person"]
        actions.add_member(case=case, user=person, by=me(request), at=timezone.localtime())

    people = queries.colleagues(to_own=False)
    form = forms.PersonForm(posted(request)[0], people=people)
    title = "Who joins the team of this case?"
    done = "Your colleague can now see the case."
    question = Question(title, form, act, done, back="casefile:team", button="Add to the team")
    return ask_about(request, case, question)


@needs(Permission.CASE_WORK)
def meet_clock(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Say that what a clock waited for is done."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    clock = find_clock(request, case, pk)
    if clock.clock in REVIEWS:
        return redirect("cases:review", case.ref, clock.pk)
    if clock.clock == RISK_REVIEW:
        return redirect("cases:review_risks", case.ref)
    if clock.clock == WARNING_REVIEW:
        return redirect("cases:warnings", case.ref)

    def act(form: forms.DoneForm) -> None:
        why = form.cleaned_data["why"]
        actions.meet_deadline(
            case=case, deadline=clock, why=why, by=me(request), at=timezone.localtime()
        )

    form = forms.DoneForm(posted(request)[0])
    title = f"Mark as done: {lower_first(clock.rule.title)}"
    question = Question(title, form, act, "Marked as done.", button="Mark as done")
    return ask_about(request, case, question)


@needs(Permission.CASE_TRIAGE)
def move_clock(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Move the due day of a local clock; a clock of the law is refused in words."""
    case = find_case(request, ref)
    require(request, Permission.CASE_TRIAGE, case)
    clock = find_clock(request, case, pk)

    def act(form: forms.MoveDayForm) -> None:
        answers = form.cleaned_data
        actions.move_deadline(
            case=case,
            deadline=clock,
            due_on=answers["due_on"],
            why=answers["why"],
            by=me(request),
            at=timezone.localtime(),
            version=answers["version"],
        )

    first, last = days_to_move_to(clock, on=today())
    form = forms.MoveDayForm(**as_opened(request, case), first=first, last=last)
    title = f"Move the day: {lower_first(clock.rule.title)}"
    context = {"clock": clock, "rule": clock.rule}
    question = Question(
        title, form, act, "The day is moved.", button="Move the day", context=context
    )
    return ask_about(request, case, question)


def find_clock(request: HttpRequest, case: Case, pk: int) -> Deadline:
    """Return a running clock; also one that has stopped, to who sends an answer about it."""
    try:
        return queries.clock_of(case, pk, with_stopped=request.method == "POST")
    except Deadline.DoesNotExist:
        raise Http404 from None


@needs(Permission.CASE_WORK)
def settle(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Settle an alert, saying what was done."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    try:
        alert = queries.alert_of(case, pk, with_settled=request.method == "POST")
    except Alert.DoesNotExist:
        raise Http404 from None

    def act(form: forms.DoneForm) -> None:
        why = form.cleaned_data["why"]
        actions.settle_alert(alert=alert, why=why, by=me(request), at=timezone.localtime())

    form = forms.DoneForm(posted(request)[0])
    context = {"alert": describe_alert(alert)}
    question = Question("Settle the alert", form, act, "The alert is settled.", context=context)
    return ask_about(request, case, question)
