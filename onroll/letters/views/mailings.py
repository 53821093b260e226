"""Letters to several families at once: each by itself, one file to print (P62)."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.cases.queries import home_in_words, name_of
from onroll.children.queries import protected_of
from onroll.govuk.fields import Choice, lower_first
from onroll.govuk.parts import Column, Link, Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import when
from onroll.letters import actions, queries
from onroll.letters.actions.letters import MOST_IN_A_MAILING, PART_OF_AN_ADDRESS
from onroll.letters.content import is_stale, sheet_of
from onroll.letters.forms import MailingForm
from onroll.letters.models import Letter, Mailing
from onroll.letters.pdf import pdf
from onroll.letters.views.case import as_file, standing
from onroll.letters.views.frame import letter_url, refuse_stale
from onroll.rules.letters import LetterKind
from onroll.schools.queries import our_policy

PER_PAGE = 25


@needs(Permission.ENQUIRY_ADD, Permission.CASE_WORK)
@require_safe
def mailings(request: HttpRequest) -> HttpResponse:
    """List the letters that were made at once and that this person may open."""
    rows: Any = queries.mailings(me(request), on=today())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    columns = [*map(Column, ("Letters", "Made", "By")), Column("Number", True)]
    cells = [
        (_link(row), when(timezone.localtime(row.at).date()), row.by.name, row.number)
        for row in page
    ]
    table = Table("Letters made at once", columns, cells, "None has been made.", is_stacked=True)
    return render(request, "letters/mailings.html", {"page": page, "table": table})


def _link(row: Mailing) -> object:
    return format_html(
        '<a class="govuk-link" href="{}">{} <span class="onroll-when">{}</span></a>',
        _url(row),
        row.title,
        row.ref,
    )


def _url(row: Mailing) -> str:
    return reverse("letters:mailing", args=[row.ref])


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN, Permission.CASE_WORK)
def new(request: HttpRequest) -> HttpResponse:
    """Show the cases that were ticked on the register, and write to their families."""
    refs = request.GET.getlist("case")[:MOST_IN_A_MAILING]
    cases = queries.cases_ticked(me(request), refs, on=today())
    if not cases:
        messages.error(request, "No case to whose family you may write was ticked.")
        return redirect("cases:register")
    hidden = protected_of([case.child_id for case in cases])
    choices = [(case.ref, _choice(request, case, hidden)) for case in cases]
    form = MailingForm(posted(request)[0], cases=choices)

    def act(form: MailingForm) -> Done:
        chosen = [case for case in cases if case.ref in form.cleaned_data["cases"]]
        made = actions.write_letters(
            kind=LetterKind(form.cleaned_data["kind"]),
            cases=chosen,
            by=me(request),
            at=timezone.localtime(),
        )
        words = f"{len(made.letters)} letters are made, as {made.mailing.ref}. Nothing is sent yet."
        if made.left:
            left = " ".join(f"{case.ref}: {why}" for case, why in made.left)
            return Done(_url(made.mailing), f"{words} Left out: {left}", messages.INFO)
        return Done(_url(made.mailing), words)

    def page(form: MailingForm) -> HttpResponse:
        _saw(request, cases, "letters to several families")
        context = {
            "title": "Write to several families",
            "left_out": len(set(refs)) - len(cases),
            "form": form,
            "button": "Make the letters",
            "back_url": reverse("cases:register"),
        }
        return render(request, "letters/new.html", context)

    return ask(request, form, act, page)


def _choice(request: HttpRequest, case: Case, hidden: Collection[int]) -> Choice:
    """Return a child as one of the choices: the name, and the address to which the letter goes."""
    homes = queries.homes_of(case.child, is_hidden=case.child_id in hidden)
    homes = [home for home in homes if home.to_on is None]
    place = home_in_words(homes[0]) if homes else "No letter can go there: see the case"
    if homes and not queries.is_whole(homes[0]):
        place = f"{place}. No letter can go there: {lower_first(PART_OF_AN_ADDRESS)}"
    return Choice(f"{name_of(case.child, me(request))}, case {case.ref}", place)


def _saw(request: HttpRequest, cases: Sequence[Case], page: str) -> None:
    children = [case.child_id for case in cases]
    saw(request, children, page, Permission.CASE_VIEW, ("name", "addresses"))


@needs(Permission.ENQUIRY_ADD, Permission.CASE_WORK)
@require_safe
def mailing(request: HttpRequest, mailing: str) -> HttpResponse:
    """Show letters that were made at once, with what became of each."""
    row, letters = _find(request, mailing)
    _saw(request, [letter.case for letter in letters], "letters made at once")
    cells = [
        (
            name_of(letter.case.child, me(request)),
            format_html('<a class="govuk-link" href="{}">{}</a>', letter_url(letter), letter.ref),
            standing(letter),
        )
        for letter in letters
    ]
    context = {
        "mailing": row,
        "table": Table("Letters", ("Child", "Letter", "What became of it"), cells, is_stacked=True),
        "hidden": len(letters) - len(_to_print(letters)),
        "may_print": bool(_to_print(letters)),
        "breadcrumbs": [
            Link("Letters to families", reverse("letters:mailings")),
            Link(f"Letters {row.ref}"),
        ],
    }
    return render(request, "letters/mailing.html", context)


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN, Permission.CASE_WORK)
@require_safe
def as_pdf(request: HttpRequest, mailing: str) -> HttpResponse:
    """Return letters that were made at once as one PDF: without any to who is protected now."""
    row, letters = _find(request, mailing)
    to_print = _to_print(letters)
    if not to_print:
        raise PermissionDenied
    if any(map(is_stale, to_print)):
        return refuse_stale(request, _url(row))
    _saw(request, [letter.case for letter in to_print], "letters made at once as a PDF")
    policy = our_policy()
    content = pdf(
        [sheet_of(letter, policy) for letter in to_print],
        title=f"Letters {row.ref}",
        colour=policy.colour,
        made_at=row.at,
    )
    return as_file(content, f"letters-{row.ref}.pdf")


def _find(request: HttpRequest, ref: str) -> tuple[Mailing, list[Letter]]:
    try:
        return queries.get_mailing(me(request), ref, on=today())
    except queries.NoMailing:
        raise Http404 from None


def _to_print(letters: Sequence[Letter]) -> list[Letter]:
    """Return those whose child, and every address of it, is not protected now."""
    hidden = protected_of([letter.case.child_id for letter in letters])
    return [letter for letter in letters if letter.case.child_id not in hidden]
