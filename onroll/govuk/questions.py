"""A page that asks something and does what is answered: one way for all that changes anything."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from onroll.govuk.forms import Form
from onroll.rules.refusal import Refused

F = TypeVar("F", bound=Form)


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
            if done.words:
                messages.add_message(request, done.level, done.words)
            return HttpResponseRedirect(done.url)
    return show(form)
