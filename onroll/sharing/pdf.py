"""A request as a tagged PDF (PDF/UA-1), set by Typst from data and a template."""

import json
from datetime import datetime
from functools import cache
from importlib.resources import files

import typst

from onroll.govuk.fields import in_words
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
    made = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"request": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(made, bytes)  # one PDF, not a list of pages
    return made


@cache
def _template() -> bytes:
    return (files("onroll.sharing") / "request.typ").read_bytes()
