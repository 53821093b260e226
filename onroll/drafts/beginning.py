"""The first page of a form that its author has begun already: a way back begins no second one.

A browser that goes back to the first page asks for it anew, or shows what it kept and sends it once
more. Either way the form that was begun goes on, unless its author says that this is another one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from onroll.drafts import queries
from onroll.drafts.answers import rows
from onroll.drafts.authors import Author
from onroll.drafts.models import Draft
from onroll.drafts.page_save import Typed, go_on_from, save_page
from onroll.drafts.page_view import show_questions
from onroll.drafts.wizard import TASKS, Inputs, Wizard, as_sent, fill

AGAIN = timedelta(minutes=30)
"""For so long after it was saved last, a form is thought to be the one that is meant."""
BESIDES = "besides"
"""In the address of a first page: the form that its author knows of, beside which is another."""
SAME, ANOTHER = "same_form", "another_form"
"""The buttons that say which form is meant."""


def begun_before(
    request: HttpRequest, wizard: Wizard, author: Author, about: str, at: datetime
) -> list[Draft]:
    """Return the forms of this kind that their author has begun, the last one first.

    Only those begun after the one that they know of already: beside that they begin another.
    """
    drafts = queries.drafts_of(author, at=at).filter(kind=wizard.route, about=about)
    known = request.GET.get(BESIDES, "")
    return list(takewhile(lambda draft: draft.ref != known, drafts.order_by("-started_at")))


def is_meant(draft: Draft, *, at: datetime) -> bool:
    """Return whether a form was gone on with so lately that a first page is likely its own."""
    return draft.saved_at >= at - AGAIN


def show_begun(
    request: HttpRequest, wizard: Wizard, draft: Draft, *, back_url: str
) -> HttpResponse:
    """Show that the form is begun already, with both ways: to go on with it, or another one."""
    context = {
        "first": wizard.first,
        "draft": draft,
        "name": gettext(draft.title),
        "go_on_url": wizard.url(draft.ref, TASKS),
        "another_url": f"{request.path}?{BESIDES}={draft.ref}",
        "back_url": back_url,
    }
    return render(request, "drafts/begun.html", context)


def go_on_instead(
    request: HttpRequest,
    wizard: Wizard,
    drafts: Sequence[Draft],
    typed: Typed,
    *,
    back_url: str,
    at: datetime,
) -> HttpResponse | None:
    """Return the answer to a first page by which no form is begun; None for another form.

    `drafts` are those begun before. What says the same as one of them, or nothing at all, goes on
    with it; what says something else is asked about, and so is what says the same as an old one.
    """
    page = wizard.pages[0]
    if named := next((draft for draft in drafts if draft.ref == request.POST.get(SAME)), None):
        return save_page(request, wizard, page, fill(request, wizard, named))
    same = next((draft for draft in drafts if draft.answers.get(page.slug) == typed), None)
    begun = same or next(iter(drafts), None)
    if begun is None or ANOTHER in request.POST:
        return None
    is_lately = is_meant(begun, at=at)
    if is_lately and (same or not _says_anything(typed)):
        return go_on_from(request, wizard, page, fill(request, wizard, begun))
    return _ask_which(request, wizard, begun, typed, back_url) if same or is_lately else None


def _says_anything(typed: Typed) -> bool:
    return any(value.strip() for values in typed.values() for value in values)


def _ask_which(
    request: HttpRequest, wizard: Wizard, begun: Draft, typed: Typed, back_url: str
) -> HttpResponse:
    """Show what was typed, beside it the first page of the form begun, and ask which is meant."""
    page = wizard.pages[0]
    before = fill(request, wizard, begun).forms[page.slug]
    beside = {
        "which": begun.ref,
        "begun_at": begun.started_at,
        "begun_answers": rows(page, before, url=wizard.url(begun.ref, page.slug)),
    }
    form = page.form(Inputs(request, as_sent(typed), {}, {}, "", begun.about))
    return show_questions(request, wizard, page, form, back_url=back_url, beside=beside)
