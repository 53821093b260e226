"""Keeping what people attach."""

import hashlib
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.documents.models import Document, Kind
from onroll.tables import without_nul


@transaction.atomic
def attach(*, kind: Kind, content: bytes, name: str, by: User | None, at: datetime) -> Document:
    """Keep a file as it came, and return it. Whether it can be read, the feature it is for says."""
    return Document.objects.create(
        kind=kind.value,
        name=whole_letters(name)[:255],
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        attached_at=at,
        attached_by=by,
    )


def whole_letters(name: str) -> str:
    """Return a file's name without what is no letter: a byte of another encoding, or a NUL."""
    return without_nul(name.encode("utf-8", "replace").decode())
