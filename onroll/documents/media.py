"""Of what type a file is, by its content and never by its name, and which are taken."""

import re

import puremagic
from django.conf import settings

from onroll.documents import apart
from onroll.documents.compound import outlook_or_refused
from onroll.documents.file_types import HEIC, MAIL, PDF, RTF, TEXT, TIFF, TYPES
from onroll.documents.mail import check_attached, is_mail
from onroll.documents.packed import packed_type
from onroll.rules.refusal import Refused
from onroll.tables.refusal import size_in_words

MOST_PAGES = 200
OTHER_TYPE = (
    "We cannot take a file of this type. Send a PDF, a Word or Excel file without macros, a text, "
    "an email or a picture."
)
DAMAGED = "The file is damaged: we cannot read it. Save or scan it again, and send that."
PASSWORD = "The file asks for a password. Save it without one, and send that."
TOO_LONG = f"The file has more than {MOST_PAGES} pages. Send it in parts, or only what matters."
PACKED_IN = "The file has something packed into it that could run. Save it as a PDF, and send that."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
OBJECT_IN_RTF = re.compile(rb"\\obj(data|update|class|ocx|emb|link)|\\\*\\(template|objdata)")
SAME = {"image/x-ms-bmp": "image/bmp", "image/jpg": "image/jpeg", "text/rtf": RTF}
"""Other names by which `puremagic` calls a type."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def check(content: bytes) -> str:
    """Return the type of a file that is taken.

    Raises `Refused`, with a sentence for whoever attached it, where it is not.
    """
    if not content:
        raise Refused("The file is empty.")
    if len(content) > settings.DOCUMENT_MAX_SIZE:
        raise Refused(f"The file is larger than {size_in_words(settings.DOCUMENT_MAX_SIZE)}.")
    type_ = media_type(content)
    if type_ not in TYPES:
        raise Refused(OTHER_TYPE)
    if type_ == RTF and OBJECT_IN_RTF.search(content):
        raise Refused(PACKED_IN)
    if type_ == MAIL:
        check_attached(content, check)
    if type_ in (PDF, TIFF):
        _check_pages(content, type_)
    return type_


def media_type(content: bytes) -> str:
    """Return the likeliest type of a file; empty where its content says none.

    All that is packed as a zip begins alike, as does what old Office programs save: there the
    parts tell. Raises `Refused` where one of these would be taken but for something in it.
    """
    if content.startswith(b"PK"):
        return packed_type(content)
    if content.startswith(OLE):
        return outlook_or_refused(content, check)
    if content[4:8] == b"ftyp":
        return HEIC if content[8:12] in HEIC_BRANDS else ""
    if is_mail(content):
        return MAIL
    try:
        likeliest: str = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        likeliest = ""
    likeliest = SAME.get(likeliest, likeliest)
    if likeliest in ("", TEXT):
        return TEXT if _is_text(content) else ""
    return "" if likeliest == MAIL else likeliest


def _is_text(content: bytes) -> bool:
    """Return whether a file is words and nothing else: no markup, and no program's first line."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        if "\N{REPLACEMENT CHARACTER}" in text:
            return False
    return not CONTROLS.search(text) and not text.lstrip().startswith(("<", "#!"))


def _check_pages(content: bytes, type_: str) -> None:
    try:
        number = apart.pages(content, type_, most=MOST_PAGES)
    except apart.Unopened as error:
        raise Refused(PASSWORD if error.why == "password" else DAMAGED) from None
    if number > MOST_PAGES:
        raise Refused(TOO_LONG)
