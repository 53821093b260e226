"""Pages that give back what a person typed if a form could not be accepted."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onroll.addresses import GROUP
from onroll.govuk.languages import translated
from onroll.receipts import keys

REFERENCE = re.compile(f"{GROUP}-{GROUP}-{GROUP}")
"""Hidden fields hold lists of references."""


def fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every field of a form but those that all forms have."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in keys.INTERNAL
        for value in values
    ]


def sentences(request: HttpRequest) -> list[str]:
    """Return the fields in which a person wrote prose: several words, not references.

    A password may be a sentence; it is none of these.
    """
    return [
        value
        for name, value in fields(request)
        if "password" not in name
        and len(words := value.split()) > 1
        and not all(map(REFERENCE.fullmatch, words))
    ]


@translated
def send_again(request: HttpRequest) -> HttpResponse:
    """Show a form that came without a key, on a page from which it can be sent with one."""
    files = [
        (name, ", ".join(str(file.name) for file in some), len(some) > 1)
        for name, some in request.FILES.lists()
    ]
    context = {
        "fields": fields(request),
        "files": files,
        "sentences": sentences(request),
        "address": request.get_full_path(),
    }
    return render(request, "receipts/send_again.html", context, status=HTTPStatus.BAD_REQUEST)


@translated
def not_taken(request: HttpRequest, *, status: int = HTTPStatus.CONFLICT) -> HttpResponse:
    """Say that the subject of a form was answered or removed meanwhile; give the text back."""
    return render(
        request, "receipts/not_taken.html", {"sentences": sentences(request)}, status=status
    )


@translated
def still_saving(request: HttpRequest) -> HttpResponse:
    """Say that the first of two sendings is not finished."""
    return render(request, "receipts/still_saving.html", status=HTTPStatus.CONFLICT)


@translated
def opened_too_long_ago(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form whose token is not this browser's; give the text back.

    `reason` is Django's, for developers (`CSRF_FAILURE_VIEW`).
    """
    context = {"sentences": sentences(request)}
    return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)
