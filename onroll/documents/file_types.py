"""The types of file that are taken as evidence: their words, their endings, how each is looked at.

They are taken by content. Left out are types that run something when they are opened: programs,
pages, drawings, documents with macros; and archives, in which nobody sees what lies.
"""

import re
from dataclasses import dataclass

PDF = "application/pdf"
TIFF = "image/tiff"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
TEXT = "text/plain"
MAIL = "message/rfc822"
OUTLOOK = "application/vnd.ms-outlook"
HEIC = "image/heic"


@dataclass(frozen=True)
class MediaType:
    """A type of file. A picture is shown as a copy; `decoder` is Pillow's name for its format."""

    words: str
    ending: str
    further_endings: tuple[str, ...] = ()
    decoder: str = ""


TYPES = {
    PDF: MediaType("PDF", ".pdf"),
    WORD: MediaType("Word document", ".docx"),
    SHEET: MediaType("Excel sheet", ".xlsx"),
    OPEN_TEXT: MediaType("Document (ODT)", ".odt"),
    RTF: MediaType("Document (RTF)", ".rtf"),
    TEXT: MediaType("Text", ".txt"),
    MAIL: MediaType("Email", ".eml"),
    OUTLOOK: MediaType("Email (Outlook)", ".msg"),
    "image/jpeg": MediaType("Picture (JPEG)", ".jpg", (".jpeg", ".jpe", ".jfif"), "JPEG"),
    "image/png": MediaType("Picture (PNG)", ".png", (), "PNG"),
    HEIC: MediaType("Picture (HEIC)", ".heic", (".heif",), "HEIF"),
    "image/gif": MediaType("Picture (GIF)", ".gif", (), "GIF"),
    "image/webp": MediaType("Picture (WebP)", ".webp", (), "WEBP"),
    "image/bmp": MediaType("Picture (BMP)", ".bmp", (), "BMP"),
    TIFF: MediaType("Picture (TIFF)", ".tif", (".tiff",), "TIFF"),
}
ENDING = re.compile(r"\.[a-z][a-z0-9]{1,4}\Z")
PICTURES = tuple(code for code, type_ in TYPES.items() if type_.decoder)


def name_to_save(name: str, media_type: str) -> str:
    """Return the name under which a file is saved: its ending is one of its type.

    So a text that somebody named `letter.js` opens as a text, and is not run.
    """
    type_ = TYPES.get(media_type)
    if type_ is None or name.lower().endswith((type_.ending, *type_.further_endings)):
        return name
    return f"{name}{type_.ending}"


def false_ending(name: str, media_type: str) -> str:
    """Return the ending of a name that says another type than the content; nothing where it fits.

    A name without an ending says none, and `Dr. Smith` or `version 1.2` has none.
    """
    ending = ENDING.search(name.lower())
    is_true = media_type not in TYPES or name_to_save(name, media_type) == name
    return "" if ending is None or is_true else ending.group()
