"""A form of several pages: one question page at a time, then check your answers, then send.

Every page saves what was typed, right or wrong. A wizard stands at two addresses of the feature
that has it: one starts it (`start`), the other has the draft's reference and a page (`go_on`).
"""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from onroll.drafts import actions, files, queries, whole_pages
from onroll.drafts import rows as rows_of
from onroll.drafts.authors import Author, author_of, remember
from onroll.drafts.models import Draft
from onroll.drafts.wizard import CHECK, DELETE, TASKS, Filled, Inputs, Page, Wizard, fill
from onroll.govuk.forms import Form
from onroll.receipts.pages import fields as sent_fields
from onroll.senders.sender import sender_of

LATER = "later"
"""The button that saves a page as it is."""
NOW = "now"
"""The button that leaves out, of something urgent, the pages that nobody opened."""
AGAIN = {rows_of.ADD, rows_of.REMOVE, files.ATTACH, files.REMOVE}
"""The buttons that change what a page asks, or what is attached, and show it again."""
TOO_MANY = gettext_noop(
    "Very many forms were begun from your connection, so this one is not saved. Ring us now, or "
    "press Continue again in some minutes."
)
SAVED = gettext_noop("Saved. You can finish this form later.")


def _typed(request: HttpRequest, form: Form) -> dict[str, list[str]]:
    """Return what was typed into the questions of a page, and nothing else that was sent."""
    typed: dict[str, list[str]] = {}
    for name, value in sent_fields(request):
        if _is_asked(form, name):
            typed.setdefault(name, []).append(value)
    return typed


def _is_asked(form: Form, name: str) -> bool:
    if isinstance(form, files.FilesForm):
        return False
    if isinstance(form, rows_of.RowsForm):
        return form.owns(name)
    return any(name == field or name.startswith(f"{field}_") for field in form.fields)


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
    author = author_of(request)
    at = timezone.localtime()
    if request.method != "POST":
        begun = _begun(wizard, author, at)
        answer = _question(request, wizard, page, form, back_url=back_url, beside=begun)
        return remember(answer, author)
    if author.user is None and not actions.count_start(sender=sender_of(request), at=at):
        form = page.form(Inputs(request, request.POST, initial, {}, "", about))
        form.full_clean()
        form.add_error(None, gettext(TOO_MANY))
        answer = _question(request, wizard, page, form, back_url=back_url)
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return remember(answer, author)
    typed = _typed(request, form)
    draft = actions.start_draft(
        kind=wizard.route,
        title=_title(wizard, typed),
        page=page.slug,
        typed=typed,
        author=author,
        at=at,
        about=about,
    )
    return remember(_after(request, wizard, page, fill(request, wizard, draft)), author)


def offer(
    request: HttpRequest,
    wizard: Wizard,
    *,
    offered: Mapping[str, Mapping[str, Any]],
    origin: Mapping[str, Any],
    about: str = "",
) -> str:
    """Begin a form for who is signed in, with what they typed elsewhere; return its address.

    `origin` is what it was begun from, for the feature that sends it (`queries.origin_of`).
    """
    draft = actions.offer_draft(
        kind=wizard.route,
        title=wizard.title,
        offered=offered,
        origin=origin,
        author=author_of(request),
        at=timezone.localtime(),
        about=about,
    )
    return wizard.url(draft.ref, wizard.pages[0].slug)


def _begun(wizard: Wizard, author: Author, at: datetime) -> dict[str, Any]:
    """Return what a browser nobody has signed in from last began of this form, and did not send.

    Who has an account finds it in the list of their own.
    """
    drafts = queries.drafts_of(author, at=at).filter(kind=wizard.route)
    draft = None if author.user else drafts.first()
    return {"begun_at": draft.saved_at, "begun_url": wizard.url(draft.ref, TASKS)} if draft else {}


def _title(wizard: Wizard, typed: Mapping[str, list[str]]) -> str:
    return ": ".join(filter(None, (wizard.title, wizard.label(typed))))


def go_on(request: HttpRequest, wizard: Wizard, ref: str, slug: str) -> HttpResponse:
    """Show or take one page of a draft; one that is not the author's is gone, as is one sent."""
    author = author_of(request)
    draft = queries.find_draft(author, ref, kind=wizard.route, at=timezone.localtime())
    if draft is None:
        return render(request, "drafts/gone.html", status=HTTPStatus.NOT_FOUND)
    return remember(_page(request, wizard, draft, slug, author), author)


def _page(
    request: HttpRequest, wizard: Wizard, draft: Draft, slug: str, author: Author
) -> HttpResponse:
    if slug == DELETE:
        return whole_pages.delete(request, wizard, draft)
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
    return _again(request, wizard, page, filled)


def _take(request: HttpRequest, wizard: Wizard, page: Page, filled: Filled) -> HttpResponse:
    """Save a page; then show it again, with what is wrong, or go on."""
    draft, form = filled.draft, filled.forms[page.slug]
    refused = files.take(request, page, draft) if isinstance(form, files.FilesForm) else []
    typed = _typed(request, form)
    rows = rows_of.changed(typed, request.POST) if isinstance(form, rows_of.RowsForm) else None
    titled = typed if page is wizard.pages[0] else draft.answers.get(wizard.pages[0].slug, {})
    draft = actions.save_page(
        draft=draft,
        title=_title(wizard, titled),
        page=page.slug,
        typed=typed if rows is None else rows,
        at=timezone.localtime(),
    )
    if not refused and AGAIN & request.POST.keys():
        last = f"#row-{rows[rows_of.COUNT][0]}" if rows else ""
        return redirect(wizard.url(draft.ref, page.slug) + last)
    filled = fill(request, wizard, draft)
    form = filled.forms[page.slug]
    for sentence in refused:
        form.write("file_words", request.POST.get("file_words", ""))
        form.add_error("attached", sentence)
    if not refused and (form.is_valid() or LATER in request.POST):
        return _after(request, wizard, page, filled)
    return _again(request, wizard, page, filled)


def _again(request: HttpRequest, wizard: Wizard, page: Page, filled: Filled) -> HttpResponse:
    """Show a page of a draft, with what was typed."""
    return _question(
        request,
        wizard,
        page,
        filled.forms[page.slug],
        back_url=_before(wizard, page, filled),
        beside=_beside(wizard, page, filled) if wizard.is_long else None,
    )


def _beside(wizard: Wizard, page: Page, filled: Filled) -> dict[str, Any]:
    now = NOW if filled.may_be_sent_after(page.slug) else ""
    return {"now": now, **whole_pages.list_steps(wizard, filled)}


def _after(request: HttpRequest, wizard: Wizard, page: Page, filled: Filled) -> HttpResponse:
    """Go on from a saved page: to the next, if it was never answered; else to what is not right."""
    ref = filled.draft.ref
    if LATER in request.POST:
        messages.success(request, SAVED)
        return redirect(wizard.url(ref, TASKS))
    if NOW in request.POST or page.slug == filled.next:
        return redirect(wizard.url(ref, filled.next))
    slugs = [step.slug for step in filled.pages]
    after = slugs[slugs.index(page.slug) + 1 :]
    is_new = bool(after) and after[0] not in filled.draft.answers
    return redirect(wizard.url(ref, after[0] if is_new else filled.next))


def _before(wizard: Wizard, page: Page, filled: Filled) -> str:
    """Return where *back* leads: to all answers once there are all, else one page back."""
    slugs = [TASKS, *(step.slug for step in filled.pages)]
    page_before = slugs[slugs.index(page.slug) - 1]
    return wizard.url(filled.draft.ref, CHECK if filled.next == CHECK else page_before)


def _question(
    request: HttpRequest,
    wizard: Wizard,
    page: Page,
    form: Form,
    *,
    back_url: str,
    beside: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a page of questions, once the audit trail names the children whom it shows."""
    page.name_seen(request, form)
    context = {
        "title": gettext(page.title),
        "lead": page.lead,
        "shows": page.shows,
        "form": form,
        "caption": gettext(wizard.title),
        "first": wizard.first,
        "back_url": back_url,
        "later": LATER,
        **(beside or {}),
    }
    return render(request, "drafts/page.html", context)
