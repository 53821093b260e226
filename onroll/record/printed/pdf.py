"""A printed case as a tagged PDF (PDF/UA-1), set by Typst from data and a template."""

from datetime import datetime

from onroll.govuk.pdf import typeset
from onroll.record.printed.section import Document
from onroll.schools.queries import our_policy

CONFIDENTIAL = "Confidential: it names a child"


def pdf(document: Document, *, made_at: datetime) -> bytes:
    """Return a document as PDF bytes."""
    policy = our_policy()
    content = {
        "title": document.title,
        "authority": policy.authority_name,
        "colour": policy.colour,
        "confidential": CONFIDENTIAL,
        "lines": list(document.lines),
        "sections": [
            {
                "heading": section.heading,
                "level": section.level,
                "sentences": list(section.sentences),
                "columns": list(section.columns),
                "rows": [list(row) for row in section.rows],
            }
            for section in document.sections
        ],
    }
    return typeset(content, package="onroll.record", template="record.typ", made_at=made_at)
