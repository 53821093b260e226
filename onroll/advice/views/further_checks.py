"""A school asks for further checks before it decides anything; the lead officer answers (P61)."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.addresses import page_address
from onroll.advice import actions, queries
from onroll.advice.forms import CheckAnswerForm, ChecksForm
from onroll.advice.models import FurtherCheck
from onroll.cases.queries import Typed
from onroll.drafts.authors import author_of
from onroll.govuk.forms import Form
from onroll.govuk.parts import Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import tag, when
from onroll.messages.actions import note_read
from onroll.messages.models import Kind
from onroll.messages.queries import has_unread
from onroll.referrals.queries.pupils import NoPupil, Pupil, open_referrals_of, pupil
from onroll.referrals.views import beginnings
from onroll.rules.further_checks import KEEPS_ON_ROLL, OUTCOMES, Outcome, must_refer
from onroll.schools.models import School

PER_PAGE = 15
REFER = "refer"
"""The button that refers the child of whom a school began to ask."""
LIST, SCHOOL_LIST = "advice:checks", "advice:school_checks"
PAGE = "ask for further checks of a pupil"
FIELDS = ("name", "date of birth", "school", "address", "contacts")


@needs(Permission.CHECK_ANSWER)
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """List what schools ask, to be answered."""
    return _list(request, "advice:check", is_school=False)


@needs(Permission.CHECK_ASK)
@require_safe
def school_checks(request: HttpRequest) -> HttpResponse:
    """List what the school has asked, with the answers."""
    return _list(request, "advice:school_check", is_school=True)


def _list(request: HttpRequest, page_name: str, *, is_school: bool) -> HttpResponse:
    rows = queries.further_checks(me(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    columns = ("Request", "Child", "School", "Asked", "Answer")
    cells = [_row(check, page_name) for check in page]
    empty = "No school has asked for further checks."
    table = Table("Further checks", columns, cells, empty, is_caption_hidden=True, is_stacked=True)
    find_url = (
        page_address("casefile:school_find", then=queries.FURTHER_CHECKS) if is_school else ""
    )
    context = {"page": page, "table": table, "find_url": find_url}
    return render(request, "advice/checks.html", context)


def _row(check: FurtherCheck, page_name: str) -> tuple[object, ...]:
    url = reverse(page_name, args=[check.ref])
    link = format_html('<a class="govuk-link" href="{}">{}</a>', url, check.ref)
    due = getattr(check, "due_on", None)
    is_late = due is not None and due < timezone.localdate()
    waits = tag("Overdue", "late") if is_late else tag("Waits", "soon")
    answer = OUTCOMES[Outcome(check.outcome)] if check.outcome else waits
    return link, check.name, check.school.name, when(check.sent_at), answer


@needs(Permission.CHECK_ASK)
def ask_for_checks(request: HttpRequest) -> HttpResponse:
    """Ask, as a school, for further checks of a pupil who is not in its files."""
    return _ask_for_checks(request, None)


@needs(Permission.CHECK_ASK)
def ask_for_checks_of_pupil(request: HttpRequest, child: str) -> HttpResponse:
    """Ask the same of a pupil on record, of whom a school need not type what its files hold."""
    try:
        chosen = pupil(me(request), child, on=timezone.localdate())
    except NoPupil:
        raise Http404 from None
    return _ask_for_checks(request, chosen)


def _ask_for_checks(request: HttpRequest, chosen: Pupil | None) -> HttpResponse:
    schools = queries.schools_of(me(request))
    form = ChecksForm(
        posted(request)[0],
        on=timezone.localdate(),
        schools=schools,
        pupil=chosen,
        is_late=lambda number, last: queries.is_long_away(
            chosen.school if chosen else _school(schools, number), last, on=timezone.localdate()
        ),
    )

    if chosen:
        form.referred = partial(open_referrals_of, me(request), chosen)

    def act(form: ChecksForm) -> Done:
        typed_for = _school(schools, form.cleaned_data.get("school", ""))
        check = actions.ask_for_checks(
            facts=form.facts,
            school=chosen.school if chosen else typed_for,
            by=me(request),
            at=timezone.localtime(),
        )
        words = f"Kept as {check.ref}. The answer comes to this page."
        return Done(reverse("advice:school_check", args=[check.ref]), words)

    def show(form: ChecksForm) -> HttpResponse:
        if chosen:
            saw(request, [chosen.child_id], PAGE, Permission.CASE_VIEW, FIELDS)
        context = {
            "title": "Ask for further checks",
            "form": form,
            "button": "Send",
            "back_url": reverse(SCHOOL_LIST),
            "find_url": ""
            if chosen
            else page_address("casefile:school_find", then=queries.FURTHER_CHECKS),
        }
        return render(request, "advice/ask_for_checks.html", context)

    if not schools:
        raise Http404
    if REFER in request.POST and (form.is_valid() or form.child):
        return redirect(_refer(request, form))
    return ask(request, form, act, show)


def _refer(request: HttpRequest, form: ChecksForm) -> str:
    """Begin the form in which the school refers the child instead; return its address."""
    child = form.child
    assert child is not None
    told = _told(form.cleaned_data, form.chosen)
    return beginnings.begin_with(request, child, author=author_of(request), details=told)


def _school(schools: Sequence[School], number: str) -> School:
    """Return the school of a number; the first where a person has one, or chose none yet."""
    return next((school for school in schools if school.number == number), schools[0])


def _told(answers: Mapping[str, Any], chosen: Pupil | None) -> dict[str, Any]:
    """Return what a school has typed already, by the question of the form in which it refers."""
    last = answers.get("last_attended") or (chosen.left_on if chosen else None)
    attended = {"attended": "yes", "attended_on": _boxes(last)} if last else {}
    return {**attended, "worry": answers.get("account", "")}


def _boxes(day: date) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


def _find_url() -> str:
    """Return where a school looks for its pupil, which leads back to its question."""
    return page_address("casefile:school_find", then=queries.FURTHER_CHECKS)


@needs(Permission.CHECK_ASK)
def school_check(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a school its request and the answer; begin its form with both where it must refer."""
    row = _find(request, ref)
    must = bool(row.outcome) and must_refer(Outcome(row.outcome))
    if request.method == "POST" and not must:
        return redirect("advice:school_check", row.ref)

    def act(_form: Form) -> Done:
        typed = Typed(row.forename, row.surname, row.born_on)
        author = author_of(request)
        return Done(beginnings.begin_with(request, typed, author=author, details=_details(row)))

    def show(form: Form) -> HttpResponse:
        is_to_read = has_unread(me(request), Kind.CHECK_ANSWERED, row.ref)
        beside = {"refer_form": form if must else None, "is_to_read": is_to_read}
        return _show(request, row, SCHOOL_LIST, beside=beside)

    return ask(request, Form(posted(request)[0]), act, show)


def _details(row: FurtherCheck) -> dict[str, Any]:
    """Return what a school told when it asked, by the question of the form in which it refers."""
    boxes = _boxes(row.last_attended_on)
    return {"attended": "yes", "attended_on": boxes, "worry": row.account}


@needs(Permission.CHECK_ASK)
@require_POST
def read_answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Note that who asked says they have read the answer; their first page points at it no more."""
    row = _find(request, ref)
    note_read(kind=Kind.CHECK_ANSWERED, ref=row.ref, by=me(request), at=timezone.localtime())
    messages.success(request, "Noted that you have read the answer.")
    return redirect("advice:school_check", row.ref)


@needs(Permission.CHECK_ANSWER)
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a request, and answer it."""
    row = _find(request, ref)

    def act(form: CheckAnswerForm) -> Done:
        actions.answer_check(
            check=row,
            outcome=Outcome(form.cleaned_data["outcome"]),
            answer=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(reverse(LIST), "Answered. The school sees it now.")

    def show(form: CheckAnswerForm) -> HttpResponse:
        return _show(request, row, LIST, form)

    return ask(request, CheckAnswerForm(posted(request)[0]), act, show)


def _find(request: HttpRequest, ref: str) -> FurtherCheck:
    try:
        return queries.get_further_check(me(request), ref)
    except queries.NoCheck:
        raise Http404 from None


def _show(
    request: HttpRequest,
    row: FurtherCheck,
    back: str,
    form: CheckAnswerForm | None = None,
    *,
    beside: Mapping[str, Any] | None = None,
) -> HttpResponse:
    outcome = Outcome(row.outcome) if row.outcome else None
    context = {
        "check": row,
        "due_on": getattr(row, "due_on", None),
        "outcome": OUTCOMES[outcome] if outcome else "",
        "keeps_on_roll": KEEPS_ON_ROLL,
        "form": form if form is not None and (outcome is None or form.is_bound) else None,
        "back_url": reverse(back),
        **(beside or {}),
    }
    return render(request, "advice/check.html", context)
