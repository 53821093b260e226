"""A printed case as a tagged PDF (PDF/UA-1)."""

from datetime import datetime

from onroll.govuk.document import Document, set_pdf
from onroll.schools.queries import our_policy

CONFIDENTIAL = "Confidential: it names a child"


def pdf(document: Document, *, made_at: datetime) -> bytes:
    """Return a document as PDF bytes."""
    policy = our_policy()
    return set_pdf(
        document,
        authority=policy.authority_name,
        colour=policy.colour,
        confidential=CONFIDENTIAL,
        made_at=made_at,
    )
