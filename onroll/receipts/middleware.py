"""Act on each form once: the same form sent again gets the first answer.

A double click, or a browser that lost the answer, must not add two notes. The second form waits for
the first and gets its answer; the view does not run again.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from onroll.receipts import actions, keys, pages, queries
from onroll.receipts.models import Receipt
from onroll.receipts.repeats import REPEATABLE
from onroll.receipts.sealing import seal, unseal

Next = Callable[[HttpRequest], HttpResponse]
Messages = list[tuple[int, str]]
DONE = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
"""Statuses of a form that was acted on: it leads to another page, rather than being shown again."""

GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}
"""For these answers the person gets back what they typed, since they saw the form's page.

An answer that `gives_back` what was typed, and says more of what became of it, stays as it is.
"""

ASKS_FIRST = {
    "reason",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
"""Pages to which a person is sent before the form is acted on: a reason, or signing in again."""


class SubmitOnce:
    """The middleware: last, inside the transaction of the request and behind every wall.

    The receipt is part of the transaction that acts on the form. Only forms that were acted on have
    one: a form that came back with errors may be sent again with its key.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; store it if the form was acted on."""
        response = self.get_response(request)
        digest = getattr(request, "form_digest", "")
        if digest and response.status_code in GONE and not hasattr(response, "gives_back"):
            return pages.not_taken(request, status=response.status_code)
        if digest and is_done(response, news := _new_messages(request)):
            if not request.session.is_empty():
                request.session.save()  # committed with the rest, for who waits to take up
            actions.keep(
                digest=digest,
                status=response.status_code,
                location=seal(response["Location"], key=keys.key_of(request)),
                messages=news,
                at=timezone.localtime(),
            )
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Answer a repeated form as before; refuse one without a key.

        While the same form is still being saved, return a page that says so.
        """
        match = request.resolver_match
        if request.method != "POST" or (match and match.view_name in REPEATABLE):
            return None
        if not keys.key_of(request):
            return None if _is_unchecked(request) else pages.send_again(request)
        digest = keys.digest(request)
        try:
            has_waited = actions.take_turn(digest)
        except actions.StillSaving:
            return pages.still_saving(request)
        receipt = queries.find(digest)
        if has_waited or receipt is not None:
            # The first may have been saved after this request read its session, without a wait.
            _take_up_session(request)
        if receipt is not None:
            return _as_before(request, receipt)
        request.form_digest = digest  # type: ignore[attr-defined]  # for when the page is done
        request.earlier_messages = len(_messages(request))  # type: ignore[attr-defined]  # likewise
        return None


def _is_unchecked(request: HttpRequest) -> bool:
    """Return whether Django's test client sent this, which is exempt from the CSRF check too."""
    return bool(getattr(request, "_dont_enforce_csrf_checks", False))


def _take_up_session(request: HttpRequest) -> None:
    """Reload the session that the first form saved, so that this one does not overwrite it."""
    session = request.session
    session.update(type(session)(session.session_key).load())


def _as_before(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """Redirect to where the first answer led, and show its messages.

    A message that still waits to be shown is not added twice.
    """
    unread = {text for _, text in _messages(request)}
    for level, text in receipt.messages:
        if text not in unread:
            messages.add_message(request, level, text)
    response = HttpResponseRedirect(unseal(receipt.location, key=keys.key_of(request)))
    response.status_code = receipt.status
    return response


def is_done(response: HttpResponse, news: Messages) -> bool:
    """Return whether a response means that a form was acted on."""
    if response.status_code not in DONE or any(level >= messages.ERROR for level, _ in news):
        return False
    try:
        leads_to = resolve(response["Location"].partition("?")[0]).view_name
    except Resolver404:
        return True
    return leads_to not in ASKS_FIRST


def _new_messages(request: HttpRequest) -> Messages:
    return _messages(request)[getattr(request, "earlier_messages", 0) :]


def _messages(request: HttpRequest) -> Messages:
    """Return the waiting messages, without consuming them."""
    storage = messages.get_messages(request)
    waiting = [(int(message.level), str(message.message)) for message in storage]
    if isinstance(storage, BaseStorage):
        storage.used = False
    return waiting
