"""What every page does that hands out a document, or shows the copy of a picture."""

from collections.abc import Iterable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from onroll.accounts.permissions import Permission
from onroll.accounts.request import saw
from onroll.documents import queries
from onroll.documents.file_types import name_to_save
from onroll.documents.models import Document

RUNS_NOTHING = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""A browser guesses no type, and runs nothing of it even where somebody opens it by itself."""


def hand_out(
    request: HttpRequest,
    document_id: int,
    *,
    children: Iterable[int | None],
    page: str,
    permission: Permission,
    name: str = "",
    fields: tuple[str, ...] = (),
) -> HttpResponse:
    """Return the bytes of a document as a file to save; the trail keeps who saw which children.

    It does not ask whether the person may see the document: the caller has. `name` is that of the
    file they get, the document's by default; `page` and `fields` are what the trail calls the page
    and what else it shows.
    A document that is held (`queries.Check`) is not handed out: a page says why, with status 409.
    """
    document = queries.without_content(document_id)
    if queries.check_of(document).is_held:
        return _held(request, document)
    saw(request, children, page, permission, ("content", *fields))
    response = HttpResponse(
        queries.content(document_id), content_type="application/octet-stream", headers=RUNS_NOTHING
    )
    name = name_to_save(name or document.name, document.media_type)
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    return response


def show_picture(
    request: HttpRequest,
    document_id: int,
    *,
    children: Iterable[int | None],
    page: str,
    permission: Permission,
) -> HttpResponse:
    """Return the copy of a picture, to be shown; the trail keeps who saw which children.

    As with `hand_out`, the caller has asked whether the person may see it, and a document that is
    held is not shown. 404 where there is no copy.
    """
    document = queries.without_content(document_id)
    if queries.check_of(document).is_held:
        return _held(request, document)
    copy = queries.picture_of(document_id)
    if copy is None:
        raise Http404
    saw(request, children, page, permission, ("content",))
    response = HttpResponse(copy, content_type="image/jpeg", headers=RUNS_NOTHING)
    response["Content-Disposition"] = "inline"
    return response


def _held(request: HttpRequest, document: Document) -> HttpResponse:
    """Return the page that says why nobody gets a document."""
    context = {"check": queries.check_of(document)}
    return render(request, "documents/held.html", context, status=HTTPStatus.CONFLICT)
