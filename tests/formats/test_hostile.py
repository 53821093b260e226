"""Hostile or broken files are refused in words and never used in part. trust.md 1.10, T15, T16."""

import io
import stat
import zipfile
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onroll.formats import Unreadable, read
from onroll.formats.archive import unzip_safely
from tests.formats.files import file, reading

DOCTYPE = '<!DOCTYPE CTfile [<!ENTITY x "made up">]><CTfile>'


def refused(text: str | bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        reading(text)
    return refusal.value.rule


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file-empty"),
        (b" \n\t", "file-empty"),
        (b"UPN,Surname\n1,2\n", "not-xml"),
        (b"%PDF-1.7", "not-xml"),
        (b"PK\x03\x04rest", "not-xml"),
        (b"<html><body>Sign in</body></html>", "not-xml"),
        (b"<!doctype html><html></html>", "not-xml"),
        (b"<Register><Header/></Register>", "root-wrong"),
        (b"<CTfile><CTFpupilData/></CTfile>", "header-missing"),
        (b"<CTfile><Header>", "xml-cut-off"),
        (b'<?xml version="1.0" encoding="klingon"?><CTfile/>', "xml-encoding"),
    ],
)
def test_what_is_no_school_file_is_refused(content, rule):
    assert refused(content) == rule


def test_a_doctype_is_refused_before_anything_is_used():
    assert refused(file().replace("<CTfile>", DOCTYPE)) == "xml-doctype"


def test_a_doctype_first_of_all_is_refused():
    assert refused("<!DOCTYPE CTfile []>" + file().partition("?>")[2]) == "xml-doctype"


def test_an_entity_that_would_read_a_file_reads_nothing(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("made-up secret")
    spoilt = file().replace(
        "<CTfile>", f'<!DOCTYPE CTfile [<!ENTITY x SYSTEM "file://{secret}">]><CTfile>'
    )
    assert refused(spoilt.replace("Sam", "&x;")) == "xml-doctype"


def test_entities_within_entities_are_refused():
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    spoilt = file().replace("<CTfile>", f"<!DOCTYPE CTfile [{entities}]><CTfile>")
    assert refused(spoilt.replace("Sam", "&a11;")) == "xml-doctype"


def test_an_outside_doctype_is_refused():
    spoilt = file().replace("<CTfile>", '<!DOCTYPE CTfile SYSTEM "http://127.0.0.1:9/x"><CTfile>')
    assert refused(spoilt) == "xml-doctype"


def test_an_entity_nobody_declared_is_refused():
    assert refused(file().replace("Sam", "&nbsp;Sam")) == "xml-broken"


def test_a_bare_ampersand_is_explained():
    with pytest.raises(Unreadable, match="bare &"):
        reading(file().replace("Made-up Primary School", "Bell & Book", 1))


def test_deep_nesting_is_refused():
    assert refused(file().replace("<UPN>", "<a>" * 5000 + "<UPN>")) == "xml-too-deep"


def test_a_text_of_many_megabytes_is_refused():
    spoilt = file().replace("Sam", "x" * 10_500_000, 1)
    assert refused(spoilt) == "record-too-large"


def test_a_record_of_very_many_parts_is_refused():
    assert refused(file().replace("<UPN>", "<a/>" * 50_001 + "<UPN>")) == "record-too-many"


@pytest.mark.parametrize(
    ("before", "many"),
    [
        ("<UPN>", "<a/>"),
        ("<Contact>", "<Contact><Order>{n}</Order></Contact>"),
        ("<Contacts>", "<Address><PostCode>{n}</PostCode></Address>"),
    ],
)
def test_thousands_of_parts_are_read_in_seconds(before, many):
    """They took minutes, then hours, while every other file waited."""
    parts = "".join(many.format(n=n) for n in range(10_000))
    start = process_time()
    assert reading(file().replace(before, parts + before, 1)).pupils
    assert process_time() - start < 10


def test_numbers_of_thousands_of_digits_are_no_numbers():
    nines = "9" * 5000
    document = reading(file().replace("25.0", nines).replace("<Order>1<", f"<Order>{nines}<"))
    assert document.header.major is None
    assert document.pupils[0].contacts[0].order is None


def test_a_sentence_stays_one_that_people_can_read():
    document = reading(file().replace("H801200001001", "H" * 1_000_000))
    assert max(len(problem.message) for problem in document.problems) < 300
    assert len(document.pupils[0].upn) == 1_000_000


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        read(file().replace("<UPN>", " " * 2**20 + "<UPN>").encode(), name="", most=2**20)


def test_letters_of_another_encoding_are_refused_not_mangled():
    assert refused(file().replace("Inventedname", "Éxample").encode("cp1252")) == "xml-encoding"


def test_cut_short_at_any_byte_a_file_is_never_taken_for_whole():
    content = file().encode()
    end = content.rindex(b">")
    for cut in range(0, end, 37):
        with pytest.raises(Unreadable):
            reading(content[:cut])


def test_something_after_the_end_is_refused():
    assert refused(file() + "<CTfile/>") == "xml-broken"


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="cannot be opened"):
        read(tmp_path / "nothing.xml", name="nothing.xml")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_no_spoiling_brings_anything_but_a_refusal_or_a_whole_answer(place, spoil):
    content = file().encode()
    place %= len(content)
    with suppress(Unreadable):
        document = reading(content[:place] + spoil + content[place:])
        assert document.header.kind


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def zip_refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        list(unzip_safely(content))
    assert str(refusal.value).endswith(".")
    return refusal.value.rule


def test_a_zip_of_files_is_unpacked_without_its_folders():
    content = zipped(**{"week/one.xml": b"<a/>", "two.XML": b"<b/>", "__MACOSX/x": b"", "d/": b""})
    assert list(unzip_safely(content)) == [("one.xml", b"<a/>"), ("two.XML", b"<b/>")]


def test_what_is_no_file_of_a_system_stops_no_other_in_a_zip():
    """A list, a document or a program is told by whoever reads it; only a zip is nested."""
    letter, book = zipped(**{"word/document.xml": b"<a/>"}), zipped(**{"xl/workbook.xml": b"<a/>"})
    members = {
        "one.xml": b"<a/>",
        "a.docx": letter,
        "b.xlsx": book,
        "c.csv": b"A,B",
        "d.exe": b"MZ",
    }
    assert dict(unzip_safely(zipped(**members))) == members


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ({}, "zip-nothing"),
        ({f"{n}.xml": b"<a/>" for n in range(21)}, "zip-too-many"),
        ({"../x.xml": b"<a/>"}, "zip-path"),
        ({"/etc/x.xml": b"<a/>"}, "zip-path"),
        ({"c:x.xml": b"<a/>"}, "zip-path"),
        ({"x.zip": b"PK"}, "zip-nested"),
        ({"x.xml": zipped(a=b"a")}, "zip-nested"),
        ({"x.xml": b" " * 30_000_000}, "zip-bomb"),
        ({"[Content_Types].xml": b"<a/>", "_rels/.rels": b"<a/>"}, "not-xml"),
    ],
)
def test_a_hostile_zip_is_refused(members, rule):
    assert zip_refused(zipped(**members)) == rule


def test_a_zip_that_lies_about_its_size_is_refused():
    packed = bytearray(zipped(**{"x.xml": b" " * 30_000_000}))
    size = (30_000_000).to_bytes(4, "little")
    while (at := packed.find(size)) >= 0:
        packed[at : at + 4] = (1000).to_bytes(4, "little")
    assert zip_refused(bytes(packed)) in {"zip-bomb", "zip-broken"}


def test_a_link_in_a_zip_is_refused():
    info = zipfile.ZipInfo("x.xml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert zip_refused(packed.getvalue()) == "zip-link"


def test_a_zip_with_a_password_is_refused():
    packed = bytearray(zipped(**{"x.xml": b"<a/>"}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert zip_refused(bytes(packed)) == "zip-encrypted"


def test_a_broken_zip_is_refused():
    packed = zipped(**{"x.xml": b"<a/>" * 100})
    assert zip_refused(packed[:50]) == "zip-broken"
    assert zip_refused(b"not a zip") == "zip-broken"


def test_a_zip_spoilt_at_any_byte_is_refused_or_whole():
    """A damaged zip makes Python's reader fail in many ways; each is the same sentence."""
    packed = zipped(**{"x.xml": file().encode()})
    for place in range(len(packed)):
        for other in (0, packed[place] ^ 0xFF):
            spoilt = packed[:place] + bytes([other]) + packed[place + 1 :]
            with suppress(Unreadable):
                assert [content for _, content in unzip_safely(spoilt)] == [file().encode()]


def test_a_zip_packed_as_no_school_packs_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x.xml", b"<a/>")
    assert zip_refused(packed.getvalue()) == "zip-broken"


def test_a_zip_of_large_files_is_refused_before_one_is_unpacked():
    noise = b"".join(n.to_bytes(4, "big") * 16 for n in range(800_000))
    assert (
        zip_refused(zipped(**{"1.xml": noise, "2.xml": noise, "3.xml": noise})) == "zip-too-large"
    )
