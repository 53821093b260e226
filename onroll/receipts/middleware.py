"""One place through which every form goes: sent twice, it is done once and answered alike.

A note sent by a double click, by a browser that lost the answer, or twice at once is one note. The
second sending waits for the first and gets its answer; the page behind it does not run again.
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

Next = Callable[[HttpRequest], HttpResponse]
Messages = list[tuple[int, str]]
DONE = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
"""A form that was taken leads to another page; one that was not is shown again."""

GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}
"""Whoever sends a form saw its page: what they typed is given back, not met by a bare refusal."""

ASKS_FIRST = {
    "reason",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
"""Pages to which somebody is sent before what they asked for is done."""


class SubmitOnce:
    """Stand last, inside the transaction of the request and after every wall.

    What was done and that it was done are one transaction. Only what was done is remembered: a form
    that came back with something to put right may be sent again with its key.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the page; keep its answer when it has done what the form asked."""
        response = self.get_response(request)
        digest = getattr(request, "form_digest", "")
        if digest and response.status_code in GONE:
            return pages.not_taken(request, status=response.status_code)
        if digest and is_done(response, news := _new_messages(request)):
            if not request.session.is_empty():
                request.session.save()  # committed with the rest, for who waits to take up
            actions.keep(
                digest=digest,
                status=response.status_code,
                location=response["Location"],
                messages=news,
                at=timezone.localtime(),
            )
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Answer a form that was answered before as it was then; refuse one without a key."""
        match = request.resolver_match
        if request.method != "POST" or (match and match.view_name in REPEATABLE):
            return None
        if not keys.key_of(request):
            return None if _is_unchecked(request) else pages.send_again(request)
        digest = keys.digest(request)
        try:
            if actions.take_turn(digest):
                _take_up_session(request)
        except actions.StillSaving:
            return pages.still_saving(request)
        receipt = queries.find(digest)
        if receipt is not None:
            return _as_before(request, receipt)
        request.form_digest = digest  # type: ignore[attr-defined]  # for when the page is done
        request.earlier_messages = len(_messages(request))  # type: ignore[attr-defined]  # likewise
        return None


def _is_unchecked(request: HttpRequest) -> bool:
    """Say whether this is Django's own test client, which the check against forgery lets by too."""
    return bool(getattr(request, "_dont_enforce_csrf_checks", False))


def _take_up_session(request: HttpRequest) -> None:
    """Take up what the other sending kept in the session, or this one would save over it."""
    session = request.session
    session.update(type(session)(session.session_key).load())


def _as_before(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """Lead where the first sending led, and say what was said then, where it is not yet read."""
    unread = {text for _, text in _messages(request)}
    for level, text in receipt.messages:
        if text not in unread:
            messages.add_message(request, level, text)
    response = HttpResponseRedirect(receipt.location)
    response.status_code = receipt.status
    return response


def is_done(response: HttpResponse, news: Messages) -> bool:
    """Say whether a page has done what a form asked: it leads on, and does not ask or refuse."""
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
    """Return what waits to be told on the next page, without taking it from there."""
    storage = messages.get_messages(request)
    waiting = [(int(message.level), str(message.message)) for message in storage]
    if isinstance(storage, BaseStorage):
        storage.used = False
    return waiting
