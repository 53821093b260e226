"""Pages that give back what somebody typed when it could not be taken."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onroll.addresses import GROUP
from onroll.receipts import keys

REFERENCE = re.compile(f"{GROUP}-{GROUP}-{GROUP}")
"""Lists of them stand hidden in forms."""


def fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every field of a form that was sent, but for those that every form has."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in keys.INTERNAL
        for value in values
    ]


def sentences(request: HttpRequest) -> list[str]:
    """Return what somebody wrote in words of their own: more than one word, and no references."""
    return [
        value
        for _, value in fields(request)
        if len(words := value.split()) > 1 and not all(map(REFERENCE.fullmatch, words))
    ]


def send_again(request: HttpRequest) -> HttpResponse:
    """Show a form that came without a key on a page that has one, to be sent from there."""
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


def not_taken(request: HttpRequest, *, status: int = HTTPStatus.CONFLICT) -> HttpResponse:
    """Say that what a form was about is answered or gone meanwhile, and give back what it said."""
    return render(
        request, "receipts/not_taken.html", {"sentences": sentences(request)}, status=status
    )


def still_saving(request: HttpRequest) -> HttpResponse:
    """Say that the first of two sendings is not finished."""
    return render(request, "receipts/still_saving.html", status=HTTPStatus.CONFLICT)
