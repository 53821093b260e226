"""Letters as one tagged PDF (PDF/UA-1), each on pages of its own, set by Typst."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import qrcode
from qrcode.image.svg import SvgPathImage

from onroll.govuk.pdf import typeset
from onroll.letters.content import Sheet


def pdf(sheets: Sequence[Sheet], *, title: str, colour: str, made_at: datetime) -> bytes:
    """Return letters as PDF bytes, in their order."""
    content = {
        "title": title,
        "colour": colour,
        "author": sheets[0].sender,
        "letters": [{**asdict(sheet), "code": _code(sheet.link)} for sheet in sheets],
    }
    return typeset(content, package="onroll.letters", template="letter.typ", made_at=made_at)


def _code(link: str) -> str:
    """Return the square to be read by a telephone, as SVG; "" where there is no link."""
    if not link:
        return ""
    drawn: bytes = qrcode.make(link, image_factory=SvgPathImage, border=0).to_string()
    return drawn.decode()
