"""What was attached before it had a type gets one by its content (`documents.0003`)."""

import pytest

from onroll.documents import actions
from onroll.documents.file_types import PDF, WORD
from onroll.documents.models import Document, Kind
from tests.documents import made
from tests.documents.test_documents import NOW
from tests.migrations import undone

BEFORE = [("documents", "0002_scan")]
FILES = (
    (Kind.EVIDENCE, made.PDF, PDF),
    (Kind.EVIDENCE, made.photo("JPEG"), "image/jpeg"),
    (Kind.EVIDENCE, made.photo("PNG"), "image/png"),
    (Kind.EVIDENCE, made.packed("word/document.xml"), WORD),
    (Kind.INTAKE, made.PDF, ""),
)


@pytest.mark.django_db(transaction=True)
def test_types_go_and_come_again_by_content(owner_url: str, transactional_db: None) -> None:
    for kind, content, _ in FILES:
        actions.attach(kind=kind, content=content, name="x", by=None, at=NOW)
    with undone(owner_url, BEFORE):
        pass
    types = Document.objects.order_by("pk").values_list("media_type", flat=True)
    assert list(types) == [type_ for _, _, type_ in FILES]
