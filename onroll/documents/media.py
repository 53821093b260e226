"""Of what type a file is, by its content and never by its name, and which are taken."""

import re

import puremagic
from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from onroll.documents import apart
from onroll.documents.compound import PASSWORD, outlook_or_refused
from onroll.documents.file_types import HEIC, MAIL, PDF, RTF, TEXT, TIFF, TYPES
from onroll.documents.mail import check_attached, is_mail
from onroll.documents.packed import packed_type
from onroll.rules.refusal import Refused
from onroll.tables.refusal import size_in_words

MOST_PAGES = 200
OTHER_TYPE = gettext_noop("We cannot take a file of this type.")
"""Beside the question stands which are taken (`govuk.fields.FILES_TAKEN`)."""
DAMAGED = gettext_noop("The file is damaged. Save it or scan it again, and send that.")
TOO_LONG = gettext_noop("The file has more than {most} pages. Send only what matters.")
PACKED_IN = gettext_noop("The file could run a program. Save it as a PDF, and send that.")
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
        raise Refused(gettext("The file is empty."))
    if len(content) > settings.DOCUMENT_MAX_SIZE:
        size = size_in_words(settings.DOCUMENT_MAX_SIZE)
        raise Refused(gettext("The file is larger than {size}.").format(size=size))
    type_ = media_type(content)
    if type_ not in TYPES:
        raise Refused(gettext(OTHER_TYPE))
    if type_ == RTF and OBJECT_IN_RTF.search(content):
        raise Refused(gettext(PACKED_IN))
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
        raise Refused(gettext(PASSWORD if error.why == "password" else DAMAGED)) from None
    if number > MOST_PAGES:
        raise Refused(gettext(TOO_LONG).format(most=MOST_PAGES))
