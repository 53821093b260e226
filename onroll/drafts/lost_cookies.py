"""A page of a form that was sent from a browser which lost its cookies, and so whose form it is."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onroll.drafts import queries
from onroll.drafts.answers import Row, rows
from onroll.drafts.authors import author_of
from onroll.drafts.files import FilesForm
from onroll.drafts.wizard import Inputs, Wizard
from onroll.receipts.keys import fields as sent_fields
from onroll.receipts.pages import sentences

type_view = Callable[..., HttpResponse]


def of_browser(wizard: Wizard) -> Callable[[type_view], type_view]:
    """Say of a view that a browser opens its pages by a cookie: without it they open no more."""

    def decorate(view: type_view) -> type_view:
        answer = partial(lost, wizard)
        view.when_cookies_are_lost = answer  # type: ignore[attr-defined]  # for `receipts.pages`
        return view

    return decorate


def lost(wizard: Wizard, request: HttpRequest, *, ref: str, page: str) -> HttpResponse | None:
    """Give back what was typed into a page, and say what is lost; None where nothing is.

    That is where the browser still opens the draft, and can send the page once more. Whether there
    is a draft, nobody is told.
    """
    at = timezone.localtime()
    if queries.find_draft(author_of(request), ref, kind=wizard.route, at=at) is not None:
        return None
    typed = _typed(wizard, request, page)
    context = {
        "typed": typed,
        "sentences": [] if typed else sentences(sent_fields(request)),
        "days": settings.DRAFT_DAYS,
        "begin_url": reverse(wizard.begin) if wizard.begin else "",
    }
    return render(request, "drafts/lost_cookies.html", context, status=HTTPStatus.FORBIDDEN)


def _typed(wizard: Wizard, request: HttpRequest, slug: str) -> list[Row]:
    """Return the answers of a page as they were sent, and nothing of what is kept."""
    page = next((page for page in wizard.pages if page.slug == slug), None)
    if page is None:
        return []
    answers: dict[str, Any] = {}
    form = page.form(Inputs(request, request.POST, {}, answers, ref=""))
    if isinstance(form, FilesForm):
        return []
    form.is_valid()
    return rows(page, form, url="")
