"""What is shown of a picture is a copy without metadata, and only of one that is not held."""

from io import BytesIO

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from onroll.accounts.permissions import Permission
from onroll.audit.models import AccessEvent, ChangeEvent
from onroll.documents import actions, apart, queries, tasks
from onroll.documents.decoding import LONGEST
from onroll.documents.frame import show_picture
from onroll.documents.models import Kind, NotShown, Picture, Scan
from tests.documents import made
from tests.documents.clamd import VIRUS, Clamd, answers
from tests.documents.test_documents import NOW
from tests.people import People

pytestmark = pytest.mark.django_db


def attach(content: bytes, name: str = "IMG_0001.jpg") -> int:
    return actions.attach(kind=Kind.EVIDENCE, content=content, name=name, by=None, at=NOW).pk


def shown(document_id: int) -> Image.Image:
    """Return the copy that is shown; fail where there is none."""
    copy = queries.picture_of(document_id)
    assert copy is not None
    return Image.open(BytesIO(copy))


def why_not(document_id: int) -> str:
    return Picture.objects.get(document=document_id).not_shown


def look_at(document_id: int, people: People) -> HttpResponse:
    request = RequestFactory().get("/")
    request.user, request.session = people.olive, SessionStore()
    return show_picture(
        request,
        document_id,
        children=(7,),
        page="a picture",
        permission=Permission.DOCUMENT_OPEN,
    )


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_copy_stands_upright_and_says_nothing_of_place_and_phone(format_: str) -> None:
    content = made.photo(format_)
    assert made.PHONE.encode() in content
    document_id = attach(content)
    assert tasks.copy_pictures() == 1
    copy = queries.picture_of(document_id)
    assert copy is not None
    for trace in (made.PHONE.encode(), b"Exif", b"GPS", b"http"):
        assert trace not in copy
    picture = shown(document_id)
    assert (picture.format, picture.size) == ("JPEG", (40, 60))
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    top, bottom = picture.getpixel((20, 10)), picture.getpixel((20, 50))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 240 > 20 > top[2]
    assert bottom[2] > 240 > 20 > bottom[0]
    assert queries.content(document_id) == content


def test_a_photo_of_an_iphone_is_shown_upright_and_without_its_place() -> None:
    document_id = attach(made.HEIC, "IMG_0002.HEIC")
    tasks.copy_pictures()
    picture = shown(document_id)
    assert (picture.format, picture.size) == ("JPEG", (48, 64))
    assert not picture.getexif()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK"])
def test_pictures_of_every_kind_of_colour_are_shown(mode: str) -> None:
    format_ = "TIFF" if mode == "CMYK" else "PNG"
    document_id = attach(made.drawn(format_, mode=mode))
    tasks.copy_pictures()
    assert shown(document_id).mode == "RGB"


def test_a_copy_is_no_larger_than_it_is_to_be_shown() -> None:
    document_id = attach(made.photo(size=(4000, 30)))
    tasks.copy_pictures()
    assert shown(document_id).height == LONGEST


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (made.bomb(), "too-many-dots"),
        (made.drawn("GIF", frames=2), "moves"),
        (made.drawn("WEBP", frames=2), "moves"),
        (made.drawn("TIFF", frames=2), "several-pages"),
        (made.photo()[:400], "broken"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0", "broken"),
        (made.HEIC[:300], "broken"),
    ],
    ids=["bomb", "gif", "webp", "tiff", "cut-jpeg", "cut-png", "cut-heic"],
)
def test_what_cannot_be_shown_is_kept_and_says_why(content: bytes, why: str) -> None:
    document_id = attach(content)
    assert tasks.copy_pictures() == 1
    assert why_not(document_id) == why
    assert tasks.copy_pictures() == 0
    assert queries.picture_of(document_id) is None
    assert queries.content(document_id) == content


def test_a_decoder_that_takes_too_long_or_dies_costs_one_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0)
    document_id = attach(made.photo())
    tasks.copy_pictures()
    assert why_not(document_id) == NotShown.BROKEN


def test_the_copy_is_shown_in_the_page_and_who_saw_it_is_written_down(people: People) -> None:
    document_id = attach(made.photo())
    with pytest.raises(Http404):
        look_at(document_id, people)
    tasks.copy_pictures()
    answer = look_at(document_id, people)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == "inline"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.content == queries.picture_of(document_id)
    assert [(seen.page, seen.child_ids) for seen in AccessEvent.objects.all()] == [
        ("a picture", [7])
    ]


def test_no_copy_is_made_before_the_scanner_has_found_nothing(
    scanner: Clamd, people: People
) -> None:
    scanner.stop()
    photo = made.photo()
    good, bad = attach(photo), attach(photo + VIRUS)
    tasks.look(0)
    assert not Picture.objects.exists()
    assert look_at(good, people).status_code == 409
    scanner.start()
    answers()
    tasks.look(0)
    assert shown(good).format == "JPEG"
    assert queries.check_of(queries.without_content(bad)).scan is Scan.INFECTED
    assert list(Picture.objects.values_list("document", flat=True)) == [good]
    assert look_at(bad, people).status_code == 409


def test_a_copy_is_held_again_where_a_scanner_is_set_later(settings, people: People) -> None:
    document_id = attach(made.photo())
    tasks.copy_pictures()
    settings.CLAMD = "127.0.0.1:1"
    assert look_at(document_id, people).status_code == 409
    (look,) = queries.looks_of([queries.without_content(document_id)]).values()
    assert not look.is_shown


def test_each_picture_brings_the_job_that_copies_it_and_no_other_file_does() -> None:
    attach(b"A letter.", "letter.txt")
    assert not ProcrastinateJob.objects.exists()
    attach(made.photo())
    assert ProcrastinateJob.objects.get().task_name == "documents.scan"


def test_a_copy_is_never_changed_and_the_trail_has_its_hash_alone() -> None:
    document_id = attach(made.photo())
    tasks.copy_pictures()
    entry = ChangeEvent.objects.get(table_name="documents_picture")
    assert entry.row_key == str(document_id)
    assert entry.after is not None
    assert str(entry.after["content"]).startswith("sha256:")
    actions.keep_picture(document_id=document_id, content=b"x", not_shown=None, at=NOW)
    assert shown(document_id).format == "JPEG"
    refused = pytest.raises(DatabaseError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_picture SET content = ''")


@pytest.mark.parametrize(("content", "why"), [(b"", ""), (b"x", "moves"), (b"", "ugly")])
def test_a_picture_is_shown_or_says_why_not(content: bytes, why: str) -> None:
    document_id = attach(made.photo())
    with pytest.raises(IntegrityError, match="picture_is_shown_or_says_why_not"):
        Picture.objects.create(document_id=document_id, content=content, not_shown=why, made_at=NOW)
