"""One question page of a form, as it is sent: saved right or wrong, and then on to the next."""

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from onroll.addresses import page_address
from onroll.drafts import actions, files
from onroll.drafts import rows as rows_of
from onroll.drafts.answers import rows as answer_rows
from onroll.drafts.models import Draft
from onroll.drafts.page_view import LATER, NOW, TAKE_LINK, VERSION, show_page
from onroll.drafts.wizard import (
    CHECK,
    TASKS,
    Filled,
    Inputs,
    Page,
    Wizard,
    as_sent,
    fill,
    is_untouched,
)
from onroll.govuk.forms import Form
from onroll.receipts.keys import fields as sent_fields
from onroll.rules.refusal import Changed

Typed = dict[str, list[str]]
"""What was typed into a page, by field."""
AGAIN = {rows_of.ADD, rows_of.REMOVE, files.ATTACH, files.REMOVE}
"""The buttons that change what a page asks, or what is attached, and show it again."""
ON = {LATER, NOW, TAKE_LINK}
"""The buttons that go on from a page even where it is not right."""
KEPT_VERSION = "Page-Version"
"""The header that says what a page holds that was kept."""
SAVED = gettext_noop("Saved. You can finish this form later.")
NEEDED_FIRST = gettext_noop("This page is needed before you can send the form.")
"""Said on the page to which the button that sends at once leads instead."""


def save_page(request: HttpRequest, wizard: Wizard, page: Page, filled: Filled) -> HttpResponse:
    """Save a page; then show it again, with what is wrong, or go on."""
    draft, form = filled.draft, filled.forms[page.slug]
    refused = files.take(request, page, draft) if isinstance(form, files.FilesForm) else []
    typed = typed_into(request, form)
    if _is_passed_by(request, page, filled, typed):
        return go_on_from(request, wizard, page, filled)
    rows = rows_of.changed(typed, request.POST) if isinstance(form, rows_of.RowsForm) else None
    try:
        draft = _save(request, wizard, page, draft, typed if rows is None else rows)
    except Changed as refusal:
        return _both(request, wizard, page, filled, typed, refusal)
    if not refused and AGAIN & request.POST.keys():
        last = f"#row-{rows[rows_of.COUNT][0]}" if rows and rows_of.ADD in request.POST else ""
        return redirect(wizard.url(draft.ref, page.slug) + last)
    filled = fill(request, wizard, draft)
    form = filled.forms[page.slug]
    for sentence in refused:
        form.write("file_words", request.POST.get("file_words", ""))
        form.add_error("attached", sentence)
    if refused:
        return show_page(request, wizard, page, filled)
    if form.is_valid() or ON & request.POST.keys():
        return go_on_from(request, wizard, page, filled)
    # What is wrong is said by the page itself, so that a browser can come back to it.
    return redirect(wizard.url(draft.ref, page.slug))


def _is_passed_by(request: HttpRequest, page: Page, filled: Filled, typed: Typed) -> bool:
    """Say whether a page is left for later as it was opened: then there is nothing to save."""
    form = filled.forms[page.slug]
    if page.slug in filled.draft.answers or isinstance(form, files.FilesForm):
        return False
    is_left = bool({LATER, TAKE_LINK} & request.POST.keys())
    is_short = NOW in request.POST and page.slug in filled.empty
    return (is_left or is_short) and is_untouched(form, typed)


def keep_page(request: HttpRequest, wizard: Wizard, page: Page, filled: Filled) -> HttpResponse:
    """Keep what was typed into a page that its author leaves; the answer shows nothing.

    A header says what the page holds then, for who comes back to it. Nothing is kept over what
    another window saved, and no file.
    """
    form = filled.forms[page.slug]
    if isinstance(form, files.FilesForm):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    try:
        draft = _save(request, wizard, page, filled.draft, typed_into(request, form))
    except Changed:
        return HttpResponse(status=HTTPStatus.CONFLICT)
    held = {KEPT_VERSION: draft.version(page.slug)}
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=held)


def _save(
    request: HttpRequest,
    wizard: Wizard,
    page: Page,
    draft: Draft,
    typed: Mapping[str, list[str]],
) -> Draft:
    """Save what was typed; raises `Changed` where another window changed the page."""
    first = wizard.pages[0]
    titled = typed if page is first else draft.answers.get(first.slug, {})
    return actions.save_page(
        draft=draft,
        title=wizard.name(titled),
        page=page.slug,
        typed=typed,
        at=timezone.localtime(),
        version_shown=request.POST.get(VERSION),
    )


def _both(
    request: HttpRequest,
    wizard: Wizard,
    page: Page,
    filled: Filled,
    typed: Mapping[str, list[str]],
    refusal: Changed,
) -> HttpResponse:
    """Show what was typed here, and beside it what the same page says in another window."""
    ref = filled.draft.ref
    other_answers = answer_rows(page, filled.forms[page.slug], url=wizard.url(ref, page.slug))
    about, is_urgent = filled.draft.about, filled.is_urgent
    form = page.form(
        Inputs(request, as_sent(typed), {}, filled.answers, ref, about, is_urgent=is_urgent)
    )
    form.refuse(refusal)
    filled.forms[page.slug] = form
    return show_page(request, wizard, page, filled, {"other_answers": other_answers})


def go_on_from(request: HttpRequest, wizard: Wizard, page: Page, filled: Filled) -> HttpResponse:
    """Go on from a saved page to the one that follows.

    Who changed an answer of a form that lacks nothing comes back to check-your-answers, and of an
    urgent one to what it still needs; an answer that is wrong now is asked for at once.
    """
    ref = filled.draft.ref
    if TAKE_LINK in request.POST and not filled.draft.author_id:
        return redirect(page_address("drafts:link", actions.make_link(draft=filled.draft)))
    if LATER in request.POST:
        messages.success(request, SAVED)
        return redirect(wizard.url(ref, TASKS))
    if NOW in request.POST and filled.next not in (CHECK, page.slug):
        messages.info(request, gettext(NEEDED_FIRST))
    if NOW in request.POST or page.slug == filled.next:
        return redirect(wizard.url(ref, filled.next))
    slugs = [step.slug for step in filled.pages]
    after = slugs[slugs.index(page.slug) + 1 :]
    is_wrong = filled.next != CHECK and filled.next in filled.draft.answers
    is_done = filled.next == CHECK and not filled.empty
    goes_back = is_wrong or is_done or filled.is_urgent
    is_next = bool(after) and (after[0] not in filled.draft.answers or not goes_back)
    return redirect(wizard.url(ref, after[0] if is_next else filled.next))


def typed_into(request: HttpRequest, form: Form) -> Typed:
    """Return what was typed into the questions of a page, and nothing else that was sent."""
    typed: Typed = {}
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
