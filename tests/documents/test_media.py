"""What somebody attaches as evidence is of few types, by its content, and of a limited size."""

import pytest

from onroll.documents import actions
from onroll.documents.file_types import (
    HEIC,
    MAIL,
    OPEN_TEXT,
    OUTLOOK,
    PDF,
    RTF,
    SHEET,
    TEXT,
    TIFF,
    WORD,
    false_ending,
    name_to_save,
)
from onroll.documents.media import MOST_PAGES
from onroll.documents.models import Document, Kind
from onroll.rules.refusal import Refused
from tests.documents import made
from tests.documents.outlook import compound, outlook
from tests.documents.test_documents import NOW

pytestmark = pytest.mark.django_db
WORD_FILE = made.packed("word/document.xml")


def attach(content: bytes, name: str = "letter.pdf", kind: Kind = Kind.EVIDENCE) -> Document:
    return actions.attach(kind=kind, content=content, name=name, by=None, at=NOW)


@pytest.mark.parametrize(
    ("content", "type_"),
    [
        (made.PDF, PDF),
        (made.photo("JPEG"), "image/jpeg"),
        (made.photo("PNG"), "image/png"),
        (made.photo("WEBP"), "image/webp"),
        (made.photo("TIFF"), TIFF),
        (made.drawn("GIF"), "image/gif"),
        (made.drawn("BMP"), "image/bmp"),
        (made.HEIC, HEIC),
        (WORD_FILE, WORD),
        (made.packed("xl/workbook.xml"), SHEET),
        (made.open_text(), OPEN_TEXT),
        (b"{\\rtf1\\ansi A letter.}", RTF),
        (b"A letter.", TEXT),
        ("A letter from Łódź.".encode("utf-16"), TEXT),
        ("Dear Sir – a letter".encode("cp1252"), TEXT),
        (made.mail(), MAIL),
        (made.mail(("a.pdf", made.PDF), ("b.docx", WORD_FILE)), MAIL),
        (outlook(), OUTLOOK),
        (outlook(("a.pdf", made.PDF), ("b.jpg", made.photo())), OUTLOOK),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_of_a_type_that_is_taken_is_kept_whatever_its_name(
    content: bytes, type_: str
) -> None:
    document = attach(content, "x.exe")
    assert (document.media_type, document.size) == (type_, len(content))


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0" + b"\0" * 100,
        b"<html><script>alert(1)</script></html>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"#!/bin/sh\nrm -rf /\n",
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        made.packed("a.txt"),
        made.packed("word/document.xml", "word/vbaProject.bin"),
        made.packed("xl/workbook.xml", "xl/macrosheets/sheet1.xml"),
        made.open_text("Basic/Standard/Module1.xml"),
        b"PK\x03\x04 cut short",
        b"Some bytes \xff\x00\x01 and more",
    ],
    ids=[
        "program",
        "page",
        "drawing",
        "script",
        "film",
        "archive",
        "macros",
        "sheet-macros",
        "open-macros",
        "broken",
        "bytes",
    ],
)
def test_what_is_of_another_type_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(Refused, match="We cannot take a file of this type"):
        attach(content)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (made.pdf(MOST_PAGES + 1), "more than 200 pages"),
        (made.pdf(password="secret"), "asks for a password"),
        (b"%PDF-1.7\n%%EOF\n", "damaged"),
        (made.PDF[:200], "damaged"),
        (b"{\\rtf1{\\object\\objdata 0105}}", "could run a program"),
        (made.mail(("a.exe", b"MZ\x90\0" * 9)), "a.exe, attached to the email: We cannot take"),
        (
            made.mail(
                ("a.eml", made.mail(("b.pdf", b"%PDF-1.7"))),
            ),
            "b.pdf, attached.*damaged",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "We cannot take"),
        (compound({"WordDocument": b"A letter."}), "old version of Office"),
        (compound({"EncryptedPackage": b"?"}), "asks for a password"),
        (outlook(("a.exe", b"MZ\x90\0")), "a.exe, attached to the email: We cannot take"),
    ],
    ids=[
        *("201-pages", "password", "no-pages", "cut", "object", "program-in-mail", "mail-in-mail"),
        *("broken-office", "old-office", "password-office", "program-in-outlook"),
    ],
)
def test_what_is_in_a_file_refuses_it_with_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        attach(content)
    assert not Document.objects.exists()


def test_two_hundred_pages_are_taken_and_a_pdf_that_opens_by_itself() -> None:
    assert attach(made.pdf(MOST_PAGES)).media_type == PDF
    assert attach(made.pdf(password="")).media_type == PDF


def test_a_fax_of_more_than_two_hundred_pages_is_refused() -> None:
    assert attach(made.drawn("TIFF", frames=3, mode="1", size=8)).media_type == TIFF
    with pytest.raises(Refused, match="more than 200 pages"):
        attach(made.drawn("TIFF", frames=201, mode="1", size=8))


def test_a_file_is_refused_that_is_empty_or_larger_than_the_setting_allows(settings) -> None:
    picture = made.photo()
    settings.DOCUMENT_MAX_SIZE = len(picture)
    attach(picture)
    with pytest.raises(Refused, match="larger than"):
        attach(picture + b"\0")
    with pytest.raises(Refused, match="empty"):
        attach(b"")


def test_a_file_for_the_pipeline_is_kept_whatever_it_is() -> None:
    document = attach(b"MZ", kind=Kind.INTAKE)
    assert (document.size, document.media_type) == (2, "")


@pytest.mark.parametrize(
    ("name", "type_", "saved"),
    [
        ("letter.pdf", PDF, "letter.pdf"),
        ("LETTER.PDF", PDF, "LETTER.PDF"),
        ("photo.jpeg", "image/jpeg", "photo.jpeg"),
        ("letter.js", TEXT, "letter.js.txt"),
        ("letter", WORD, "letter.docx"),
        ("roll.csv", "", "roll.csv"),
    ],
)
def test_a_file_is_saved_under_a_name_that_opens_it_as_what_it_is(
    name: str, type_: str, saved: str
) -> None:
    assert name_to_save(name, type_) == saved


@pytest.mark.parametrize(
    ("name", "type_", "ending"),
    [
        ("letter.PDF", TEXT, ".pdf"),
        ("scan.pdf", "image/png", ".pdf"),
        ("letter.pdf", PDF, ""),
        ("photo.jpeg", "image/jpeg", ""),
        ("letter", TEXT, ""),
        ("To Dr. Smith", TEXT, ""),
        ("version 1.2", TEXT, ""),
        ("roll.csv", "", ""),
    ],
)
def test_a_name_that_says_another_type_than_the_content_is_noticed(
    name: str, type_: str, ending: str
) -> None:
    assert false_ending(name, type_) == ending
