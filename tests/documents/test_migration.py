"""What was attached before it had a type gets one by its content (`documents.0003`)."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from onroll.documents import actions
from onroll.documents.file_types import PDF, WORD
from onroll.documents.models import Document, Kind
from tests.clocks.test_migration import owner
from tests.documents import made
from tests.documents.test_documents import NOW

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
    with owner(owner_url):
        try:
            MigrationExecutor(connection).migrate(BEFORE)
        finally:
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
    types = Document.objects.order_by("pk").values_list("media_type", flat=True)
    assert list(types) == [type_ for _, _, type_ in FILES]
