"""What every page does that hands out a document."""

from collections.abc import Iterable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from onroll.accounts.permissions import Permission
from onroll.accounts.request import saw
from onroll.documents import queries

TO_BE_SAVED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""A browser saves it, guesses no type, and runs nothing of it even where somebody opens it."""


def hand_out(
    request: HttpRequest,
    document_id: int,
    *,
    name: str,
    children: Iterable[int | None],
    page: str,
    permission: Permission,
    fields: tuple[str, ...] = (),
) -> HttpResponse:
    """Return the bytes of a document as a file to save; the trail keeps who saw which children.

    It does not ask whether the person may see the document: the caller has. `name` is that of the
    file they get; `page` and `fields` are what the trail calls the page and what else it shows.
    A document that is held (`queries.Check`) is not handed out: a page says why, with status 409.
    """
    check = queries.check_of(queries.without_content(document_id))
    if check.is_held:
        return render(request, "documents/held.html", {"check": check}, status=HTTPStatus.CONFLICT)
    saw(request, children, page, permission, ("content", *fields))
    response = HttpResponse(
        queries.content(document_id), content_type="application/octet-stream", headers=TO_BE_SAVED
    )
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    return response
