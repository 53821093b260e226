"""A form of several pages: one question page at a time, then check your answers, then send.

Every page saves what was typed, right or wrong. A wizard stands at two addresses of the feature
that has it: one starts it (`start`), the other has the draft's reference and a page (`go_on`).
"""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from onroll.drafts import actions, queries, whole_pages
from onroll.drafts.authors import Author, author_of, remember, start_digest
from onroll.drafts.first_page import TOO_MANY, give_key, key_of, refuse_start, show_first
from onroll.drafts.lost_cookies import of_browser as of_browser
from onroll.drafts.models import Draft
from onroll.drafts.page_save import keep_page, save_page, typed_into
from onroll.drafts.page_view import show_page
from onroll.drafts.sent_cookie import sent_at
from onroll.drafts.wizard import CHECK, DELETE, LINK, TASKS, Filled, Inputs, Page, Wizard, fill
from onroll.receipts.keys import KEEP, new_key
from onroll.receipts.keys import fields as sent_fields
from onroll.receipts.pages import sentences
from onroll.rules.refusal import Refused
from onroll.senders.sender import sender_of

SENT_BEFORE = "You have sent this form before. We have it, and nothing was sent twice."


def start(
    request: HttpRequest,
    wizard: Wizard,
    *,
    initial: Mapping[str, Any],
    back_url: str,
    about: str = "",
) -> HttpResponse:
    """Ask the first page of a new form; what is sent starts its draft.

    `about` is the reference of the record that it is about, if it is begun from one.
    """
    page = wizard.pages[0]
    inputs = Inputs(request, None, initial, {}, "", about)
    form = page.form(inputs)
    author, at, key = author_of(request), timezone.localtime(), key_of(request)
    if request.method != "POST" and not key:
        return remember(give_key(request), author)
    drafts = list(queries.drafts_of(author, at=at).filter(kind=wizard.route, about=about))
    started = start_digest(key or new_key(), author, kind=wizard.route, about=about)
    draft = next((draft for draft in drafts if draft.start_digest == started), None)
    if request.method != "POST":
        if draft is not None:
            return remember(redirect(wizard.url(draft.ref, page.slug)), author)
        return remember(show_first(request, wizard, form, drafts, back_url=back_url), author)
    if draft is None:
        if author.user is None and not actions.count_start(sender=sender_of(request), at=at):
            typed_in = replace(inputs, data=request.POST)
            return remember(refuse_start(request, wizard, typed_in, back_url=back_url), author)
        typed = typed_into(request, form)
        draft = actions.start_draft(
            kind=wizard.route,
            title=wizard.name(typed),
            page=page.slug,
            typed=typed,
            author=author,
            at=at,
            about=about,
            started=started,
        )
    return remember(_take(request, wizard, page, fill(request, wizard, draft)), author)


def offer(
    request: HttpRequest,
    wizard: Wizard,
    *,
    offered: Mapping[str, Mapping[str, Any]],
    origin: Mapping[str, Any],
    author: Author,
    about: str = "",
) -> str:
    """Begin a form with what its author typed elsewhere; return its address.

    `origin` is what it was begun from, for the feature that sends it (`queries.origin_of`). One
    that was begun with the same words and is not sent goes on. Raises `Refused` for an author
    without an account from whose connection too many forms were begun.
    """
    at = timezone.localtime()
    drafts = queries.drafts_of(author, at=at)
    same = drafts.filter(kind=wizard.route, about=about, offered=offered, origin=origin).first()
    may_begin = same or author.user or actions.count_start(sender=sender_of(request), at=at)
    if not may_begin:
        raise Refused(gettext(TOO_MANY))
    draft = same or actions.offer_draft(
        kind=wizard.route,
        title=wizard.title,
        offered=offered,
        origin=origin,
        author=author,
        at=at,
        about=about,
    )
    return wizard.url(draft.ref, wizard.pages[0].slug)


def go_on(request: HttpRequest, wizard: Wizard, ref: str, slug: str) -> HttpResponse:
    """Show or take one page of a draft; one that is not the author's is gone, as is one sent."""
    author = author_of(request)
    draft = queries.find_draft(author, ref, kind=wizard.route, at=timezone.localtime())
    if draft is None:
        return _gone(request, wizard, ref, slug, author)
    return remember(_page(request, wizard, draft, slug, author), author)


def _gone(
    request: HttpRequest, wizard: Wizard, ref: str, slug: str, author: Author
) -> HttpResponse:
    """Lead to what was sent from another window, or say where it is and give back what was typed.

    To a browser nobody is signed in from the page says the same, whatever was sent: but for an hour
    to the one that sent it, that it did, with no reference and no name.
    """
    receipt_url = wizard.receipt(author.user, ref) if author.user else ""
    is_sent = request.method == "POST" and KEEP not in request.POST
    if is_sent and slug == CHECK and receipt_url:
        messages.info(request, SENT_BEFORE)
        return redirect(receipt_url)
    at = None if author.user else sent_at(request, ref, now=timezone.localtime())
    context = {
        "receipt_url": receipt_url,
        "sentences": sentences(sent_fields(request)) if is_sent else [],
        "begin_url": reverse(wizard.begin) if wizard.begin else "",
        "lost_url": reverse(wizard.lost) if wizard.lost else "",
        "sent_at": at,
    }
    template = "drafts/sent.html" if at else "drafts/gone.html"
    response = render(request, template, context, status=HTTPStatus.NOT_FOUND)
    response.gives_back = True  # type: ignore[attr-defined]  # see `receipts.middleware`
    return response


def _page(
    request: HttpRequest, wizard: Wizard, draft: Draft, slug: str, author: Author
) -> HttpResponse:
    if slug == DELETE:
        return whole_pages.delete(request, wizard, draft)
    if slug == LINK:
        return whole_pages.make_link(request, wizard, draft)
    filled = fill(request, wizard, draft)
    if slug == TASKS:
        return whole_pages.show_tasks(request, wizard, filled)
    if slug == CHECK:
        return whole_pages.check(request, wizard, filled, author)
    page = next((page for page in filled.pages if page.slug == slug), None)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _take(request, wizard, page, filled)
    return show_page(request, wizard, page, filled)


def _take(request: HttpRequest, wizard: Wizard, page: Page, filled: Filled) -> HttpResponse:
    """Keep a page that is left, or save one that is sent."""
    take = keep_page if KEEP in request.POST else save_page
    return take(request, wizard, page, filled)
