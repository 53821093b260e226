"""A page that asks something and does what is answered: one way for all that changes anything."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from onroll.govuk.forms import Form, VersionForm
from onroll.rules.refusal import Refused

F = TypeVar("F", bound=Form)
V = TypeVar("V", bound=VersionForm)


@dataclass(frozen=True)
class Done:
    """The page that shows what was done, and the sentence that its reader is told there."""

    url: str
    words: str = ""
    level: int = messages.SUCCESS


def ask(
    request: HttpRequest,
    form: F,
    act: Callable[[F], Done],
    show: Callable[[F], HttpResponse],
) -> HttpResponse:
    """Show a form; with an answer, act on it and go to the page that shows what was done.

    What `act` refuses stands beside its question when the form is shown again, with everything as
    it was typed. Where somebody changed meanwhile what the form is about (`rules.refusal.Changed`),
    `form.is_overtaken` is true, and the same answer can be sent again. An answer that is sent twice
    never comes here twice (`onroll.receipts`).
    """
    if form.is_bound and form.is_valid():
        try:
            done = act(form)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _lead_on(request, done)
    return show(form)


def press(
    request: HttpRequest, form: V, act: Callable[[V], Done], *, back_url: str
) -> HttpResponse:
    """Do what a button alone asks; where it is refused, say why on the page on which it stands.

    The form holds the state in which what is changed was shown, and asks nothing.
    """
    if not form.is_valid():
        messages.error(request, form.no_version)
        return HttpResponseRedirect(back_url)
    try:
        done = act(form)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back_url)
    return _lead_on(request, done)


def _lead_on(request: HttpRequest, done: Done) -> HttpResponse:
    if done.words:
        messages.add_message(request, done.level, done.words)
    return HttpResponseRedirect(done.url)
