"""What somebody attaches as evidence is of few types, by its content, and of a limited size."""

import io
import zipfile

import pypdf
import pytest

from onroll.documents import actions
from onroll.documents.media import OTHER_TYPE, WORD, media_type
from onroll.documents.models import Document, Kind
from onroll.rules.refusal import Refused
from tests.documents.test_documents import NOW

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0"
JPEG = b"\xff\xd8\xff\xe1\0\x10Exif\0\0" + b"\0" * 30 + b"\xff\xd9"


def pdf() -> bytes:
    writer, content = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(content)
    return content.getvalue()


def packed(*members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for member in ("[Content_Types].xml", *members):
            archive.writestr(member, "<x/>")
    return content.getvalue()


def attach(content: bytes, name: str = "letter.pdf", kind: Kind = Kind.EVIDENCE) -> Document:
    return actions.attach(kind=kind, content=content, name=name, by=None, at=NOW)


@pytest.mark.parametrize(
    ("content", "type_"),
    [
        (pdf(), "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (packed("word/document.xml"), WORD),
    ],
    ids=["pdf", "png", "jpeg", "docx"],
)
def test_what_is_of_a_type_that_is_taken_is_kept_whatever_its_name(
    content: bytes, type_: str
) -> None:
    assert media_type(content) == type_
    assert attach(content, "x.exe").size == len(content)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0" + b"\0" * 100,
        b"<html><script>alert(1)</script></html>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"A letter.",
        packed("xl/workbook.xml"),
        packed("word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 cut short",
    ],
    ids=["program", "page", "drawing", "text", "sheet", "macros", "broken"],
)
def test_what_is_of_another_type_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(Refused, match=OTHER_TYPE.split("(")[0]):
        attach(content)
    assert not Document.objects.exists()


def test_a_file_is_refused_that_is_empty_or_larger_than_the_setting_allows(settings) -> None:
    settings.DOCUMENT_MAX_SIZE = len(PNG)
    attach(PNG)
    with pytest.raises(Refused, match="larger than"):
        attach(PNG + b"\0")
    with pytest.raises(Refused, match="empty"):
        attach(b"")


def test_a_file_for_the_pipeline_is_kept_whatever_it_is() -> None:
    assert attach(b"A letter.", kind=Kind.INTAKE).size == 9
