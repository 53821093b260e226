"""A tagged PDF (PDF/UA-1), set by Typst from data and a template of a package."""

import json
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst


def typeset(content: dict[str, Any], *, package: str, template: str, made_at: datetime) -> bytes:
    """Return the PDF of a template, which reads `content` as JSON from `sys.inputs.content`.

    Every word is data: nothing in it is read as Typst. The same content and moment give the same
    bytes.
    """
    made = typst.compile(
        _template(package, template),
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(made, bytes)  # one PDF, not a list of pages
    return made


@cache
def _template(package: str, name: str) -> bytes:
    return (files(package) / name).read_bytes()
