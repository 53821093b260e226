"""Keeping what people attach."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django import app as jobs

from onroll.accounts.models import User
from onroll.documents.file_types import PICTURES
from onroll.documents.models import Document, Kind, NotShown, Picture, Scan
from onroll.tables import without_nul


@transaction.atomic
def attach(
    *,
    kind: Kind,
    content: bytes,
    name: str,
    by: User | None,
    at: datetime,
    media_type: str = "",
) -> Document:
    """Keep a file as it came, and return it; it is held until the scanner has looked into it.

    The job that does so is deferred in the caller's transaction, as is that which copies a picture.
    Whether the file can be read, the feature it is for says. `media_type` is what `check_type` said
    of evidence before, if it was asked. Raises `Refused` where evidence is not taken.
    """
    if kind is Kind.EVIDENCE and not media_type:
        media_type = check_type(content)
    document = Document.objects.create(
        kind=kind.value,
        name=whole_letters(name)[:255],
        media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        attached_at=at,
        attached_by=by,
    )
    if settings.CLAMD or media_type in PICTURES:
        jobs.configure_task("documents.scan", allow_unknown=False, lock="documents").defer()
    return document


def check_type(content: bytes) -> str:
    """Return the type of evidence. Raises `Refused` for what is not taken (`media.check`)."""
    from onroll.documents import media  # with its libraries, which the pipeline does not need

    return media.check(content)


@transaction.atomic
def note_scan(*, document_id: int, scan: Scan, signature: str, at: datetime) -> bool:
    """Write down what the scanner found; return False where an answer is there already."""
    waiting = Document.objects.filter(pk=document_id, scan=Scan.WAITING.value)
    return bool(waiting.update(scan=scan.value, signature=signature, scanned_at=at))


@transaction.atomic
def keep_picture(
    *, document_id: int, content: bytes, not_shown: NotShown | None, at: datetime
) -> None:
    """Keep the copy of a picture, or why none is shown; nothing where there is one already."""
    picture = Picture(
        document_id=document_id,
        content=content,
        not_shown=not_shown.value if not_shown else "",
        made_at=at,
    )
    Picture.objects.bulk_create([picture], ignore_conflicts=True)


@transaction.atomic
def note_try(*, document_id: int) -> None:
    """Write down that the scanner gave no answer about a document: others go before it."""
    Document.objects.filter(pk=document_id).update(tries=F("tries") + 1)


def whole_letters(name: str) -> str:
    """Return a file's name without what is no letter: a byte of another encoding, or a NUL."""
    return without_nul(name.encode("utf-8", "replace").decode())
