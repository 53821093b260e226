"""Of what type a file is, by its content and never by its name, and which are taken."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

import puremagic
from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from onroll.rules.refusal import Refused
from onroll.tables.refusal import size_in_words

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TAKEN = frozenset({"application/pdf", "image/png", "image/jpeg", WORD})
OTHER_TYPE = gettext_noop(
    "The file is no PDF, Word document (.docx), PNG or JPEG picture. Save it as one of these."
)
MACROS = "vbaProject.bin"


def check(content: bytes) -> None:
    """Raise `Refused`, with a sentence for whoever attached it, where a file is not to be taken."""
    if not content:
        raise Refused(gettext("The file is empty."))
    if len(content) > settings.DOCUMENT_MAX_SIZE:
        size = size_in_words(settings.DOCUMENT_MAX_SIZE)
        raise Refused(gettext("The file is larger than {size}.").format(size=size))
    if media_type(content) not in TAKEN:
        raise Refused(gettext(OTHER_TYPE))


def media_type(content: bytes) -> str:
    """Return the likeliest type of a file; empty where its content says none.

    All that is packed as a zip begins alike, so its members tell whether it is a Word document.
    """
    try:
        likeliest: str = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return ""
    if content.startswith(b"PK"):
        return WORD if _is_word(content) else "application/zip"
    return likeliest


def _is_word(content: bytes) -> bool:
    """Return whether a zip is a Word document without macros."""
    try:
        members = ZipFile(BytesIO(content)).namelist()
    except (BadZipFile, ValueError):
        return False
    has_macros = any(name.endswith(MACROS) for name in members)
    return "word/document.xml" in members and not has_macros
