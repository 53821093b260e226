"""What a file looks like, by how it begins: for a sentence about one that was not wanted."""

import codecs

from onroll.tables.letters import is_text

LOOKS = {
    b"PK": "a zip file",
    b"%PDF": "a PDF",
    b"\xd0\xcf": "an old Excel or Word file",
    b"\x1f\x8b": "a packed file (gzip)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a Word document",
    b"{": "a file for programs (JSON)",
    b"<": "a file for programs (XML)",
}


def looks_like(content: bytes) -> str:
    """What a file looks like that is not what was wanted, by how it begins."""
    body = content.removeprefix(codecs.BOM_UTF8).lstrip()
    if body[:14].lower() == b"<!doctype html" or body[:5].lower() == b"<html":
        return "a web page"
    known = next((words for start, words in LOOKS.items() if body.startswith(start)), "")
    return known or ("plain text" if is_text(body) else "a file of another program")
