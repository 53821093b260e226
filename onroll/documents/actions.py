"""Keeping what people attach."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django import app as jobs

from onroll.accounts.models import User
from onroll.documents.models import Document, Kind, Scan
from onroll.tables import without_nul


@transaction.atomic
def attach(*, kind: Kind, content: bytes, name: str, by: User | None, at: datetime) -> Document:
    """Keep a file as it came, and return it; it is held until the scanner has looked into it.

    The job that does so is deferred in the caller's transaction. Whether the file can be read, the
    feature it is for says. Raises `Refused` where evidence is too large, or of a type not taken.
    """
    if kind is Kind.EVIDENCE:
        refuse_what_is_not_taken(content)
    document = Document.objects.create(
        kind=kind.value,
        name=whole_letters(name)[:255],
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        attached_at=at,
        attached_by=by,
    )
    if settings.CLAMD:
        jobs.configure_task("documents.scan", allow_unknown=False, lock="documents").defer()
    return document


def refuse_what_is_not_taken(content: bytes) -> None:
    """Raise `Refused` for evidence that is empty, too large, or of a type that is not taken."""
    from onroll.documents import media  # with its library, which the pipeline does not need

    media.check(content)


@transaction.atomic
def note_scan(*, document_id: int, scan: Scan, signature: str, at: datetime) -> bool:
    """Write down what the scanner found; return False where an answer is there already."""
    waiting = Document.objects.filter(pk=document_id, scan=Scan.WAITING.value)
    return bool(waiting.update(scan=scan.value, signature=signature, scanned_at=at))


@transaction.atomic
def note_try(*, document_id: int) -> None:
    """Write down that the scanner gave no answer about a document: others go before it."""
    Document.objects.filter(pk=document_id).update(tries=F("tries") + 1)


def whole_letters(name: str) -> str:
    """Return a file's name without what is no letter: a byte of another encoding, or a NUL."""
    return without_nul(name.encode("utf-8", "replace").decode())
