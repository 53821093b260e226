"""Drafts, each for its author alone."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.drafts.authors import Author, digest
from onroll.drafts.models import Draft, DraftFile


def drafts_of(author: Author, *, at: datetime) -> QuerySet[Draft]:
    """Return what an author has not finished and may go on with, the last one saved first."""
    return _kept(at).filter(author=author.user, token_digest=author.digest).order_by("-saved_at")


def _kept(at: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(saved_at__gte=at - timedelta(days=settings.DRAFT_DAYS))


def find_by_key(key: str, *, at: datetime) -> Draft | None:
    """Return the draft to which a private link leads; None where it was sent or deleted."""
    return _kept(at).filter(link_digest=digest(key)).first()


def find_draft(author: Author, ref: str, *, kind: str, at: datetime) -> Draft | None:
    """Return a draft of this author's; None for any other, as when there is none."""
    return drafts_of(author, at=at).filter(ref=ref, kind=kind).first()


def unfinished(user: User, *, at: datetime) -> QuerySet[Draft]:
    """Return the forms that a person has not finished."""
    return drafts_of(Author(user), at=at)


def bytes_of_file(number: int) -> bytes:
    """Return the bytes of a file of a draft."""
    return bytes(DraftFile.objects.values_list("content", flat=True).get(pk=number))


def origin_of(ref: str) -> dict[str, Any]:
    """Return what a draft was begun from; nothing for one begun on its first page."""
    return dict(Draft.objects.values_list("origin", flat=True).get(ref=ref))


def files_of(ref: str) -> list[DraftFile]:
    """Return the files of a draft without their bytes, in the order in which they came."""
    return list(DraftFile.objects.filter(draft__ref=ref).defer("content")) if ref else []
