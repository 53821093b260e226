"""What every page about letters of a case does."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.cases.frame import find_case, require, show, sub_pages, trail
from onroll.cases.models import Case
from onroll.letters import queries
from onroll.letters.content import STALE
from onroll.letters.models import Letter

FIELDS = ("letters",)


def find(request: HttpRequest, ref: str) -> Case:
    """Return the case whose letters a person may read; 404 or 403 else."""
    case = find_case(request, ref)
    require(request, Permission.ENQUIRY_LOG_VIEW, case)
    return case


def find_to_write(request: HttpRequest, ref: str) -> Case:
    """Return the case to whose family a person may write; 404 or 403 else."""
    case = find_case(request, ref)
    if not queries.may_write(me(request), case):
        raise PermissionDenied
    return case


def find_letter(case: Case, ref: str) -> Letter:
    """Return a letter of the case; 404 for another's."""
    try:
        return queries.get_letter(case, ref)
    except queries.NoLetter:
        raise Http404 from None


def find_to_open(request: HttpRequest, ref: str, letter: str) -> tuple[Case, Letter]:
    """Return a letter that a person may open, with its case; 404 or 403 else."""
    case = find_to_write(request, ref)
    row = find_letter(case, letter)
    if not queries.may_open(case, me(request)):
        raise PermissionDenied
    return case, row


def show_page(
    request: HttpRequest, case: Case, template: str, page: str, **context: Any
) -> HttpResponse:
    """Show a page of the letters of a case, once it is written down who reads it.

    `fields` says what else of the child stands on it.
    """
    fields = context.pop("fields", ())
    frame = {"links": trail(case), "sub_links": sub_pages(case, "letters")}
    return show(
        request,
        case,
        template,
        page=f"case: {page}",
        context={**frame, **context},
        fields=(*FIELDS, *fields),
    )


def refuse_stale(request: HttpRequest, back_url: str) -> HttpResponse:
    """Lead back where the link of a letter cannot be made again."""
    messages.error(request, STALE)
    return redirect(back_url)


def letters_url(case: Case) -> str:
    """Return the address of the letters of a case."""
    return reverse("letters:letters", args=[case.ref])


def letter_url(letter: Letter) -> str:
    """Return the address of a letter on its case."""
    return reverse("letters:letter", args=[letter.case.ref, letter.ref])
