"""A form of several pages: one question page at a time, then check your answers, then send.

Every page saves what was typed, right or wrong. A wizard stands at two addresses of the feature
that has it: one starts it (`start`), the other has the draft's reference and a page (`go_on`).
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from onroll.drafts import actions, queries, whole_pages
from onroll.drafts.authors import Author, author_of, remember
from onroll.drafts.beginning import begun_before, go_on_instead, is_meant, show_begun
from onroll.drafts.models import Draft
from onroll.drafts.page_save import go_on_from, keep_page, save_page, typed_into
from onroll.drafts.page_view import show_page, show_questions
from onroll.drafts.wizard import CHECK, DELETE, LINK, TASKS, Inputs, Wizard, fill
from onroll.receipts.keys import KEEP
from onroll.senders.sender import sender_of

TOO_MANY = gettext_noop(
    "Very many forms were begun from your connection, so this one is not saved. Ring us now, or "
    "press Continue again in some minutes."
)


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
    form = page.form(Inputs(request, None, initial, {}, "", about))
    author, at = author_of(request), timezone.localtime()
    drafts = begun_before(request, wizard, author, about, at)
    if request.method != "POST":
        if drafts and is_meant(drafts[0], at=at):
            return remember(show_begun(request, wizard, drafts[0], back_url=back_url), author)
        beside = _begun(wizard, author, drafts)
        answer = show_questions(request, wizard, page, form, back_url=back_url, beside=beside)
        return remember(answer, author)
    typed = typed_into(request, form)
    if goes_on := go_on_instead(request, wizard, drafts, typed, back_url=back_url, at=at):
        return remember(goes_on, author)
    if author.user is None and not actions.count_start(sender=sender_of(request), at=at):
        form = page.form(Inputs(request, request.POST, initial, {}, "", about))
        form.full_clean()
        form.add_error(None, gettext(TOO_MANY))
        answer = show_questions(request, wizard, page, form, back_url=back_url)
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return remember(answer, author)
    draft = actions.start_draft(
        kind=wizard.route,
        title=wizard.name(typed),
        page=page.slug,
        typed=typed,
        author=author,
        at=at,
        about=about,
    )
    return remember(go_on_from(request, wizard, page, fill(request, wizard, draft)), author)


def offer(
    request: HttpRequest,
    wizard: Wizard,
    *,
    offered: Mapping[str, Mapping[str, Any]],
    origin: Mapping[str, Any],
    about: str = "",
) -> str:
    """Begin a form for who is signed in, with what they typed elsewhere; return its address.

    `origin` is what it was begun from, for the feature that sends it (`queries.origin_of`). One
    that was begun with the same words and is not sent goes on.
    """
    drafts = queries.drafts_of(author_of(request), at=timezone.localtime())
    same = drafts.filter(kind=wizard.route, about=about, offered=offered, origin=origin).first()
    draft = same or actions.offer_draft(
        kind=wizard.route,
        title=wizard.title,
        offered=offered,
        origin=origin,
        author=author_of(request),
        at=timezone.localtime(),
        about=about,
    )
    return wizard.url(draft.ref, wizard.pages[0].slug)


def _begun(wizard: Wizard, author: Author, drafts: Sequence[Draft]) -> dict[str, Any]:
    """Return what a browser nobody has signed in from last began of this form, and did not send.

    Who has an account finds it in the list of their own.
    """
    if author.user or not drafts:
        return {}
    return {"begun_at": drafts[0].started_at, "begun_url": wizard.url(drafts[0].ref, TASKS)}


def go_on(request: HttpRequest, wizard: Wizard, ref: str, slug: str) -> HttpResponse:
    """Show or take one page of a draft; one that is not the author's is gone, as is one sent."""
    author = author_of(request)
    draft = queries.find_draft(author, ref, kind=wizard.route, at=timezone.localtime())
    if draft is None:
        # To a browser nobody is signed in from the page says the same, whatever was sent.
        receipt_url = wizard.receipt(author.user, ref) if author.user else ""
        context = {"receipt_url": receipt_url}
        return render(request, "drafts/gone.html", context, status=HTTPStatus.NOT_FOUND)
    return remember(_page(request, wizard, draft, slug, author), author)


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
        take = keep_page if KEEP in request.POST else save_page
        return take(request, wizard, page, filled)
    return show_page(request, wizard, page, filled)
