"""A document is kept as it came, is never changed, and is handed out with a trace."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import RequestFactory

from onroll.accounts.permissions import Permission
from onroll.audit.actions import acting
from onroll.audit.models import AccessEvent, ChangeEvent
from onroll.documents import actions, queries
from onroll.documents.frame import hand_out
from onroll.documents.models import Document, Kind
from tests.people import People

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BYTES = b"<script>alert(1)</script>\x00\xff"


def attach(content: bytes = BYTES, name: str = "roll.csv") -> Document:
    return actions.attach(kind=Kind.INTAKE, content=content, name=name, by=None, at=NOW)


@pytest.mark.parametrize("content", [b"", BYTES, bytes(range(256)) * 500])
def test_bytes_are_kept_as_they_came(content: bytes) -> None:
    document = attach(content)
    assert queries.content(document.pk) == content
    assert (document.size, document.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("name", "kept"),
    [("a" * 300, "a" * 255), ("roll\0.csv", "roll.csv"), ("r\udce9ves.csv", "r?ves.csv")],
)
def test_a_name_of_no_letters_is_kept_as_far_as_it_can_be(name: str, kept: str) -> None:
    assert attach(name=name).name == kept


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("sha256", "0" * 64, "document_has_the_hash_of_its_bytes"),
        ("content", b"other bytes", "document_has_the_"),
        ("size", 7, "document_has_the_size_of_its_bytes"),
    ],
)
def test_the_database_takes_no_document_whose_hash_or_size_is_anothers(
    column: str, value: object, constraint: str
) -> None:
    document = attach()
    document.pk = None
    setattr(document, column, value)
    with pytest.raises(IntegrityError, match=constraint):
        document.save(force_insert=True)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE documents_document SET name = 'x'", "DELETE FROM documents_document"],
)
def test_the_app_changes_and_deletes_no_document(statement: str) -> None:
    attach()
    refused = pytest.raises(DatabaseError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_trail_has_the_hash_of_the_bytes_and_not_the_bytes() -> None:
    with acting(actor="test"):
        document = attach()
    entry = ChangeEvent.objects.get(table_name="documents_document", row_key=str(document.pk))
    assert entry.after is not None
    assert str(entry.after["content"]).startswith("sha256:")
    assert "script" not in str(entry.after)


def test_a_document_is_saved_and_never_run_and_who_saw_it_is_written_down(
    people: People,
) -> None:
    request = RequestFactory().get("/")
    request.user = people.olive
    answer = hand_out(
        request,
        attach().pk,
        name="rôle.html",
        children=(7, None, 3),
        page="file as it came",
        permission=Permission.FILES_VIEW,
        fields=("protected address",),
    )
    assert answer.content == BYTES
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''r%C3%B4le.html"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    seen = AccessEvent.objects.get()
    assert (seen.page, seen.child_ids) == ("file as it came", [3, 7])
    assert seen.fields == ["content", "protected address"]
