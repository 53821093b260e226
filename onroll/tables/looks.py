"""What kind of file some bytes are, for the sentence that refuses them."""

import codecs

from onroll.tables.letters import is_text

OLE = b"\xd0\xcf"
"""First bytes of old Office files, and of today's with a password."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")

WEB_PAGE, XML_SHEET = "a web page", "an Excel file of another kind (XML)"
NOT_BY_SYSTEMS = frozenset({WEB_PAGE, XML_SHEET})
"""First bytes of lists that some programs name .xls: only Excel opens them."""
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
LOOKS = {
    b"PK": "a zip file",
    b"%PDF": "a PDF",
    OLE: "an old Excel or Word file",
    b"\x1f\x8b": "a packed file (gzip)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a Word document",
    b"{": "a file for programs (JSON)",
    b"<": "a file for programs (XML)",
}


def has_password(content: bytes) -> bool:
    """Return whether a whole file is an Excel or Word file locked by a password.

    Source: [MS-OFFCRYPTO] 2.3.4.4: Office stores the locked content in a stream of that name.
    """
    return content.startswith(OLE) and _LOCKED in content


def looks_like(content: bytes) -> str:
    """Return, in words, what kind of file starts like this."""
    body = content.removeprefix(codecs.BOM_UTF8).lstrip()
    if body[:14].lower() == b"<!doctype html" or body[:5].lower() == b"<html":
        return WEB_PAGE
    if _XML_SHEET in body:
        return XML_SHEET
    kind = next((words for start, words in LOOKS.items() if body.startswith(start)), "")
    return kind or ("plain text" if is_text(body) else "a file of another program")
