"""One question page of a form, as it is shown: the questions, and what stands beside them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from onroll.accounts.models import User
from onroll.drafts import files, whole_pages
from onroll.drafts.wizard import CHECK, TASKS, Filled, Page, Wizard
from onroll.govuk.forms import Form
from onroll.receipts.keys import KEEP

LATER = "later"
"""The button that saves a page as it is."""
NOW = "now"
"""The button that leaves out the pages that nobody opened and that may be empty.

Where something is still needed it leads there: nobody is refused who pressed it to be sure."""
TAKE_LINK = "take_link"
"""The button that saves a page as it is, and leads to a private link to the form."""
VERSION = "page_version"
"""The hidden field that says what the page held when it was shown."""


def show_page(
    request: HttpRequest,
    wizard: Wizard,
    page: Page,
    filled: Filled,
    beside: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a page of a draft, with what was typed, and what stands beside it."""
    version_field = "" if isinstance(filled.forms[page.slug], files.FilesForm) else VERSION
    return show_questions(
        request,
        wizard,
        page,
        filled.forms[page.slug],
        back_url=_before(wizard, page, filled),
        beside={
            "warns": wizard.warns(filled.said),
            "version_field": version_field,
            "version": filled.draft.version(page.slug),
            "keep_field": KEEP,
            "take_link": "" if filled.draft.author_id else TAKE_LINK,
            **_beside(wizard, filled),
            **(beside or {}),
        },
    )


def _beside(wizard: Wizard, filled: Filled) -> dict[str, Any]:
    """Return how to send at once, where that can be done, and of a long form the list of pages."""
    is_short = bool(filled.empty) and (filled.is_urgent or filled.next == CHECK)
    now = {"now": NOW, "is_urgent": filled.is_urgent, "is_ready": True} if is_short else {}
    return {**now, **(whole_pages.list_steps(wizard, filled) if wizard.is_long else {})}


def _before(wizard: Wizard, page: Page, filled: Filled) -> str:
    """Return where *back* leads: to all answers once there are all, else one page back."""
    slugs = [TASKS, *(step.slug for step in filled.pages)]
    page_before = slugs[slugs.index(page.slug) - 1]
    return wizard.url(filled.draft.ref, CHECK if filled.next == CHECK else page_before)


def show_questions(
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
        "lead": _lead(page, request),
        "shows": page.shows,
        "form": form,
        "caption": gettext(wizard.title),
        "first": wizard.first,
        "back_url": back_url,
        "later": LATER,
        "now": NOW if page.says_urgent else "",
        **(beside or {}),
    }
    return render(request, "drafts/page.html", context)


def _lead(page: Page, request: HttpRequest) -> str:
    own = page.own_lead if isinstance(request.user, User) else ""
    lead = own or page.lead
    return gettext(str(lead)) if lead else ""
