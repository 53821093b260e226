"""What an agency replied about each child of a pack, row by row (P31)."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.cases.frame import today
from onroll.cases.queries import name_of
from onroll.govuk.parts import Link
from onroll.sharing import actions, queries
from onroll.sharing.models import Disclosure, Pack
from onroll.sharing.reply_forms import RepliesForm
from onroll.sharing.views.frame import find_pack, pack_trail, pack_url, saw_children


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN)
def replies(request: HttpRequest, pack: str) -> HttpResponse:
    """Ask what came back about each child; a row that cannot be kept never undoes the others."""
    row = find_pack(request, pack)
    lines = _rows(request, row)
    if request.method != "POST":
        return _show(request, row, RepliesForm(None, step=row.step, lines=lines, on=today()))
    form = _bound(request, row, lines)
    if "on" in form.errors:
        return _show(request, row, form)
    saved, refused = actions.record_replies(
        pack=row,
        replies=form.replies,
        on=form.cleaned_data["on"],
        by=me(request),
        at=timezone.localtime(),
    )
    if not saved and not refused and form.is_valid():
        form.add_error(None, "Select what they answered about at least one child")
    words = f"Pack {row.ref}: {_number(saved)} kept." if saved else ""
    if form.is_valid() and not refused:
        messages.success(request, words)
        return redirect(pack_url(row))
    return _show(request, row, _not_saved(request, row, form, saved, refused), words)


def _number(saved: Sequence[Disclosure]) -> str:
    return "1 reply is" if len(saved) == 1 else f"{len(saved)} replies are"


def _rows(request: HttpRequest, pack: Pack) -> list[tuple[Disclosure, str]]:
    """Return the lines to answer with the child's name: those that wait, or were sent just now."""
    lines = queries.to_answer(pack, me(request), on=today())
    if not queries.may_open(pack, me(request), on=today()):
        raise PermissionDenied
    chosen = {key for key, value in request.POST.items() if key.startswith("code_") and value}
    return [
        (line, name_of(line.case.child, me(request)))
        for line in lines
        if queries.is_waiting(line) or f"code_{line.pk}" in chosen
    ]


def _bound(
    request: HttpRequest, pack: Pack, lines: Sequence[tuple[Disclosure, str]]
) -> RepliesForm:
    form = RepliesForm(request.POST, step=pack.step, lines=lines, on=today())
    form.full_clean()
    return form


def _not_saved(
    request: HttpRequest,
    pack: Pack,
    form: RepliesForm,
    saved: Sequence[Disclosure],
    refused: dict[Disclosure, str],
) -> RepliesForm:
    """Return the form with the rows that were not kept, each with why, and all that was typed."""
    if not saved and not refused:
        return form
    again = _bound(request, pack, [row for row in form.lines if row[0] not in saved])
    for line, why in refused.items():
        again.add_error(f"code_{line.pk}", why)
    return again


def _show(request: HttpRequest, pack: Pack, form: RepliesForm, words: str = "") -> HttpResponse:
    saw_children(request, [line for line, _ in form.lines], "replies to a pack")
    context = {
        "title": f"Record replies to pack {pack.ref}",
        "lead": f"Of {pack.whom}. Leave a row as it is while no answer has come.",
        "pack": pack,
        "words": words,
        "form": form,
        "button": "Save the replies",
        "cancel_url": pack_url(pack),
        "breadcrumbs": pack_trail(pack, Link("Replies")),
    }
    return render(request, "sharing/replies.html", context)
