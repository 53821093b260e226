"""A file that came with a referral or was added to it, for who may read both (matrix, row 15)."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.documents.frame import hand_out, show_picture
from onroll.referrals import contents
from onroll.referrals.models import Referral, ReferralFile
from onroll.referrals.queries import referrer
from onroll.referrals.views.frame import find

Find = Callable[[Referral, int], int]
"""Gives the key of the document that has a number in a referral; LookupError where none has."""


@needs(Permission.CASE_TRIAGE, Permission.DOCUMENT_OPEN)
@require_safe
def file(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Give a file that came with a referral, to be saved, once a scanner found nothing in it."""
    return _save(request, ref, number, _came)


@needs(Permission.CASE_TRIAGE, Permission.DOCUMENT_OPEN)
@require_safe
def picture(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Show the copy of a picture that came with a referral."""
    return _show(request, ref, number, _came)


@needs(Permission.CASE_TRIAGE, Permission.DOCUMENT_OPEN)
@require_safe
def update_file(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Give a file that was added to a referral, to be saved."""
    return _save(request, ref, pk, _added)


@needs(Permission.CASE_TRIAGE, Permission.DOCUMENT_OPEN)
@require_safe
def update_picture(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Show the copy of a picture that was added to a referral."""
    return _show(request, ref, pk, _added)


def _came(referral: Referral, number: int) -> int:
    try:
        return contents.file_of(referral, number).document_id
    except ReferralFile.DoesNotExist:
        raise LookupError from None


def _added(referral: Referral, number: int) -> int:
    try:
        document = referrer.get_update(referral, number).document_id
    except referrer.NoUpdate:
        raise LookupError from None
    assert document is not None  # that update has one
    return document


def _save(request: HttpRequest, ref: str, number: int, find_in: Find) -> HttpResponse:
    document, seen = _document(request, ref, number, find_in)
    return hand_out(request, document, **seen)


def _show(request: HttpRequest, ref: str, number: int, find_in: Find) -> HttpResponse:
    document, seen = _document(request, ref, number, find_in)
    return show_picture(request, document, **seen)


def _document(
    request: HttpRequest, ref: str, number: int, find_in: Find
) -> tuple[int, dict[str, Any]]:
    """Return a document and what the trail is told of it; 404 for one that is not in sight."""
    referral = find(request, ref)
    try:
        document = find_in(referral, number)
    except LookupError:
        raise Http404 from None
    if not referrer.sees_documents(me(request), referral, on=timezone.localdate()):
        raise Http404
    return document, {
        "children": referrer.children_with_case(referral),
        "page": f"referral {referral.ref}: file",
        "permission": Permission.DOCUMENT_OPEN,
    }
