"""The forms that a person has not finished."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import own_account, public
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.addresses import page_address
from onroll.drafts import actions, queries
from onroll.drafts.authors import author_of, remember
from onroll.drafts.models import Draft
from onroll.drafts.wizard import TASKS
from onroll.govuk.forms import Form
from onroll.govuk.languages import translated
from onroll.govuk.questions import Done, ask


@own_account
@require_safe
def unfinished(request: HttpRequest) -> HttpResponse:
    """List the person's own drafts, to go on with one."""
    rows = list(queries.drafts_of(author_of(request), at=timezone.localtime()))
    named = _named(request, rows)
    drafts = [
        (draft, page_address(draft.kind, draft.ref, TASKS), _typed(draft) or named.get(draft.about))
        for draft in rows
    ]
    context = {"drafts": drafts, "days": settings.DRAFT_DAYS}
    return render(request, "drafts/unfinished.html", context)


def _named(request: HttpRequest, drafts: Sequence[Draft]) -> dict[str, str]:
    """Return by their references the names of those on record whom drafts are about.

    Each feature knows that of its own forms, as `drafts_about` of its AppConfig says; who is shown
    is written down as seen.
    """
    names: dict[str, str] = {}
    for kind, path in _who_knows():
        if refs := {draft.about for draft in drafts if draft.kind == kind and draft.about}:
            children = import_string(path)(me(request), refs, on=timezone.localdate())
            keys = [key for key, _ in children.values()]
            saw(request, keys, "forms not finished", Permission.CASE_VIEW, ("name",))
            names |= {ref: name for ref, (_, name) in children.items()}
    return names


def _who_knows() -> Iterator[tuple[str, str]]:
    for config in apps.get_app_configs():
        yield from getattr(config, "drafts_about", {}).items()


def _typed(draft: Draft) -> str:
    """Return the name of the child that was typed so far, unless the draft is called by it."""
    pages = (*draft.offered.values(), *draft.answers.values())
    answers = {code: answer for page in pages for code, answer in page.items()}
    parts = (answers.get(code) or "" for code in ("forename", "surname"))
    name = " ".join(part[0] if isinstance(part, list) else str(part) for part in parts).strip()
    return "" if name in draft.title else name


@public
@translated
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Show the private link of a draft to the browser that has it; ask another to take it over.

    Only pressing the button takes it over: a mail program that opens links takes nothing.
    """
    draft = queries.find_by_key(key, at=timezone.localtime())
    if draft is None:
        return render(request, "drafts/gone.html", status=HTTPStatus.NOT_FOUND)
    author, tasks_url = author_of(request), page_address(draft.kind, draft.ref, TASKS)

    def act(_form: Form) -> Done:
        actions.take_over(draft=draft, author=author)
        return Done(tasks_url)

    def show(form: Form) -> HttpResponse:
        context = {
            "form": form,
            "draft": draft,
            "is_own": (draft.author, draft.token_digest) == (author.user, author.digest),
            "link": request.build_absolute_uri(),
            "tasks_url": tasks_url,
            "days": settings.DRAFT_DAYS,
        }
        return render(request, "drafts/link.html", context)

    form = Form(request.POST if request.method == "POST" else None)
    return remember(ask(request, form, act, show), author)
