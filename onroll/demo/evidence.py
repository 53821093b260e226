"""Made-up papers that people attach: a letter as a PDF, and a picture of a note."""

import struct
import zlib

from onroll.referrals.facts import FileWords

_WIDTH, _HEIGHT = 320, 200


def letter(words: str) -> FileWords:
    """Return a page of PDF with one line of words (letters of ASCII, no brackets)."""
    drawn = f"BT /F1 12 Tf 72 740 Td ({words}) Tj ET".encode("ascii", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources %s >>"
        % (b"[0 0 595 842]", b"<< /Font << /F1 5 0 R >> >>"),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    pdf, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    pdf_end = trailer % (len(objects) + 1, len(pdf))
    return _file("letter.pdf", pdf + table + pdf_end, "application/pdf", "The letter")


def note() -> FileWords:
    """Return a picture of a lined note without any writing."""
    lines = [b"\x00" + (b"\x9a" if row % 25 == 24 else b"\xf4") * _WIDTH for row in range(_HEIGHT)]
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(lines))),
        (b"IEND", b""),
    )
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    content = b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
    return _file("note.png", content, "image/png", "The note as it was handed in")


def _file(name: str, content: bytes, media_type: str, words: str) -> FileWords:
    return FileWords(name=name, read=lambda: content, media_type=media_type, words=words)
