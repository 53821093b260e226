"""A request as a tagged PDF (PDF/UA-1), set by Typst from data and a template."""

from datetime import datetime

from onroll.govuk.fields import in_words
from onroll.govuk.pdf import typeset
from onroll.sharing.content import CONFIDENTIAL, Request


def pdf(request: Request, *, made_at: datetime) -> bytes:
    """Return a request as PDF bytes."""
    content = {
        "title": request.title,
        "authority": request.authority,
        "colour": request.colour,
        "day": in_words(request.on),
        "confidential": CONFIDENTIAL,
        "sections": [
            {
                "heading": section.heading,
                "sentences": list(section.sentences),
                "rows": [list(row) for row in section.rows],
                "columns": section.columns,
                "is_child": section.is_child,
            }
            for section in request.sections
        ],
    }
    return typeset(content, package="onroll.sharing", template="request.typ", made_at=made_at)
