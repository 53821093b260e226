"""Pages that give back what a person typed if a form could not be accepted."""

import re
from collections.abc import Iterable
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse

from onroll.addresses import GROUP
from onroll.govuk.languages import translated
from onroll.receipts import keys, unsent
from onroll.receipts.unsent import UnsentForm

REFERENCE = re.compile(f"{GROUP}-{GROUP}-{GROUP}")
"""Hidden fields hold lists of references."""


def sentences(fields: Iterable[tuple[str, str]]) -> list[str]:
    """Return of a form's fields those in which a person wrote prose: words, not references.

    A password may be a sentence; it is none of these.
    """
    return [
        value
        for name, value in fields
        if "password" not in name
        and len(words := value.split()) > 1
        and not all(map(REFERENCE.fullmatch, words))
    ]


@translated
def send_again(request: HttpRequest) -> HttpResponse:
    """Show a form that came without a key, on a page from which it can be sent with one."""
    fields = keys.fields(request)
    context = {
        "fields": fields,
        "files": keys.file_names(request),
        "sentences": sentences(fields),
        "address": request.get_full_path(),
    }
    return render(request, "receipts/send_again.html", context, status=HTTPStatus.BAD_REQUEST)


@translated
def not_taken(request: HttpRequest, *, status: int = HTTPStatus.CONFLICT) -> HttpResponse:
    """Say that the subject of a form was answered or removed meanwhile; give the text back."""
    context = {"sentences": sentences(keys.fields(request))}
    return render(request, "receipts/not_taken.html", context, status=status)


@translated
def still_saving(request: HttpRequest) -> HttpResponse:
    """Say that the first of two sendings is not finished."""
    return render(request, "receipts/still_saving.html", status=HTTPStatus.CONFLICT)


def send_now(request: HttpRequest, form: UnsentForm) -> HttpResponse:
    """Show to its sender a form that is not done, with a button that sends it as it was.

    It is sent with the key that it had, so that nothing is done twice.
    """
    fields = [(name, value) for name, value in form.fields]
    context = {
        "fields": [*fields, (keys.FIELD, form.key)],
        "files": form.files,
        "sentences": sentences(fields),
        "address": form.address,
        "form_title": form.title,
    }
    return render(request, "receipts/unsent.html", context)


def opened_too_long_ago(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form whose token is not this browser's, and lose nothing of it.

    Its sender, signed in meanwhile in another window, may send it again; who is signed out signs in
    first. Only a form from one of our own pages is kept. Anyone else gets back what they typed.
    `reason` is Django's, for developers (`CSRF_FAILURE_VIEW`).
    """
    is_ours = _is_from_our_page(request)
    form = unsent.read(request) if is_ours else None
    if form is not None and str(request.user.pk) == form.sender:
        return send_now(request, form)
    if form is not None and not request.user.is_authenticated:
        unsent.keep(request, form)
        return redirect_to_login(reverse("unsent"))
    if form is None and is_ours and unsent.is_of_nobody(request):
        return _lost_its_cookies(request)
    return _too_long_ago(request)


def _is_from_our_page(request: HttpRequest) -> bool:
    """Say whether the browser says that one of our pages sent this."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


@translated
def _lost_its_cookies(request: HttpRequest) -> HttpResponse:
    """Let somebody without an account send a form once more whose browser lost its cookies.

    The browser itself says that one of our pages sent it, so nobody else's page made it do so.
    A view whose pages no browser opens without its cookies has an answer of its own.
    """
    view, _, views_arguments = resolve(request.path_info)
    answer_of_view = getattr(view, "when_cookies_are_lost", None)
    answer: HttpResponse | None = (
        answer_of_view(request, **views_arguments) if answer_of_view else None
    )
    if answer is not None:
        return answer
    fields = keys.fields(request)
    context = {
        "fields": [*fields, (keys.FIELD, keys.key_of(request))],
        "files": keys.file_names(request),
        "sentences": sentences(fields),
        "address": request.get_full_path(),
    }
    return render(request, "receipts/lost_cookies.html", context, status=HTTPStatus.FORBIDDEN)


@translated
def _too_long_ago(request: HttpRequest) -> HttpResponse:
    context = {"sentences": sentences(keys.fields(request))}
    return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)
