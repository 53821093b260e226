"""Files as people attach them, made for the tests. Every picture in them is one colour or two."""

import base64
import io
import zipfile
from email.message import EmailMessage

import pypdf
from PIL import Image

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F
PHONE = "Made-up Phone"
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAchtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB7AABAAAAAAAAACUAAgAAAAACEQABAAAAAAAAAIAAAAA4aWlu"
    "ZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAB"
    "B2lwcnAAAADmaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMA"
    "AAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkA"
    "AAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAA"
    "AAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAAAlpcm90AwAAABlpcG1hAAAAAAAAAAEAAQaBAgMFhIYAAAAa"
    "aXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAK1tZGF0AAAAISgBrxmA70mlv//vILEfPZm/QsheF8XQH/To3nvIINtb"
    "wAAAAAZFeGlmAABNTQAqAAAACAADAQ8AAgAAAA4AAAAyARIAAwAAAAEABgAAiCUABAAAAAEAAABAAAAAAE1hZGUt"
    "dXAgUGhvbmUAAAIAAQACAAAAAk4AAAAAAgAFAAAAAwAAAF4AAAAAAAAAMwAAAAEAAAAiAAAAAQAAADAAAAAB"
)
"""A picture of a phone, 48 dots wide and 64 high, turned, with a place."""


def pdf(pages: int = 1, *, password: str | None = None) -> bytes:
    """Return a PDF of empty pages; with a password, or with an empty one that opens by itself."""
    writer, content = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if password is not None:
        writer.encrypt(password, "owner", algorithm="AES-256")
    writer.write(content)
    return content.getvalue()


PDF = pdf()


def packed(*members: str) -> bytes:
    """Return a zip with these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for member in ("[Content_Types].xml", *members):
            archive.writestr(member, "<x/>")
    return content.getvalue()


def open_text(*members: str) -> bytes:
    """Return a document of LibreOffice with further members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for member in ("content.xml", *members):
            archive.writestr(member, "<x/>")
    return content.getvalue()


def photo(format_: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """Return a photo that lies on its side, with its place and the name of the phone."""
    image, content = Image.new("RGB", size, "blue"), io.BytesIO()
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = image.getexif()
    exif[ORIENTATION], exif[MAKER] = 6, PHONE
    exif.get_ifd(GPS).update({1: "N", 2: (51.0, 34.0, 48.0)})
    image.save(content, format_, exif=exif)
    return content.getvalue()


def drawn(format_: str, *, frames: int = 1, mode: str = "RGB", size: int = 40) -> bytes:
    """Return a picture without metadata, of several frames or pages where asked."""
    images = [
        Image.new("L", (size, size), number * 97 % 256).convert(mode) for number in range(frames)
    ]
    first, *others = images
    content = io.BytesIO()
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(content, format_, **more)
    return content.getvalue()


def bomb() -> bytes:
    """Return a picture of 110 KB that claims 900 million dots."""
    content = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(content, "PNG")
    return content.getvalue()


def mail(*attached: tuple[str, bytes]) -> bytes:
    """Return an email as a program saves it, with what is attached to it."""
    message = EmailMessage()
    message["From"], message["To"] = "Nora <nora@example.org>", "hub@example.gov.uk"
    message["Date"], message["Subject"] = "Mon, 23 Nov 2026 09:00:00 +0000", "About a child"
    message.set_content("He plays outside all day.")
    message.add_alternative("<p>He plays outside all day.</p>", subtype="html")
    for name, content in attached:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()
