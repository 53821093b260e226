"""What a file looks like, by how it begins: for a sentence about one that was not wanted."""

import codecs

from onroll.tables.letters import is_text

OLE = b"\xd0\xcf"
"""How the files of old Office programs begin, and today's that have a password."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")

WEB_PAGE, XML_SHEET = "a web page", "an Excel file of another kind (XML)"
NOT_BY_SYSTEMS = frozenset({WEB_PAGE, XML_SHEET})
"""How some programs write lists that they call .xls: Excel opens them, and nothing here."""
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
    """Say whether a whole file is one of Excel or Word that a password locks.

    Source: [MS-OFFCRYPTO] 2.3.4.4: Office puts what is locked into a stream of that name.
    """
    return content.startswith(OLE) and _LOCKED in content


def looks_like(content: bytes) -> str:
    """What a file looks like that is not what was wanted, by how it begins."""
    body = content.removeprefix(codecs.BOM_UTF8).lstrip()
    if body[:14].lower() == b"<!doctype html" or body[:5].lower() == b"<html":
        return WEB_PAGE
    if _XML_SHEET in body:
        return XML_SHEET
    kind = next((words for start, words in LOOKS.items() if body.startswith(start)), "")
    return kind or ("plain text" if is_text(body) else "a file of another program")
