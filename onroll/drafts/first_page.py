"""The first page of a form: a key in its address finds the form again that was begun on it.

A browser that goes back to a first page asks for its address anew, or sends once more what it kept.
Either goes on with the very form that was begun there. Who comes to a first page by another way,
such as the next person at a shared computer, is given a key of their own and an empty page.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_noop

from onroll.accounts.models import User
from onroll.drafts.models import Draft, version
from onroll.drafts.page_view import VERSION, show_questions
from onroll.drafts.wizard import DELETE, TASKS, Inputs, Wizard
from onroll.govuk.forms import Form
from onroll.receipts.keys import KEEP, SHAPE, new_key

KEY = "form"
"""In the address of a first page. It opens nothing by itself: a draft is its author's alone."""
TOO_MANY = gettext_noop(
    "Very many forms were begun from your connection, so this one is not saved. Ring us now, or "
    "press Continue again in some minutes."
)


def key_of(request: HttpRequest) -> str:
    """Return the key in the address of a first page; "" for none, or for what is none of ours."""
    key = request.GET.get(KEY, "")
    return key if SHAPE.fullmatch(key) else ""


def give_key(request: HttpRequest) -> HttpResponse:
    """Lead to the same page with a new key in its address."""
    query = request.GET.copy()
    query[KEY] = new_key()
    return redirect(f"{request.path}?{query.urlencode()}")


def show_first(
    request: HttpRequest,
    wizard: Wizard,
    form: Form,
    drafts: Sequence[Draft],
    *,
    back_url: str,
) -> HttpResponse:
    """Show the first page of a form that is not begun; `drafts` are those of its kind that are."""
    page = wizard.pages[0]
    beside: Mapping[str, Any] = {
        "version_field": VERSION,
        "version": version({}),
        "keep_field": KEEP,
        "is_shared": not isinstance(request.user, User),
        **_begun(wizard, drafts),
    }
    return show_questions(request, wizard, page, form, back_url=back_url, beside=beside)


def _begun(wizard: Wizard, drafts: Sequence[Draft]) -> Mapping[str, Any]:
    """Return when the last form was begun that is not sent, and where it goes on or is deleted."""
    if not drafts:
        return {}
    return {
        "begun_at": drafts[0].started_at,
        "begun_url": wizard.url(drafts[0].ref, TASKS),
        "delete_url": wizard.url(drafts[0].ref, DELETE),
    }


def refuse_start(
    request: HttpRequest, wizard: Wizard, inputs: Inputs, *, back_url: str
) -> HttpResponse:
    """Show a first page as it was typed, which is not kept: too many forms came from there."""
    page = wizard.pages[0]
    form = page.form(inputs)
    form.full_clean()
    form.add_error(None, gettext(TOO_MANY))
    answer = show_questions(request, wizard, page, form, back_url=back_url)
    answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return answer
