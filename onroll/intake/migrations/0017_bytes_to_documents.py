"""The bytes of files move to `documents`; a file holds the key of its document.

A document's own constraints look at hash and size of the bytes, row by row, as they are moved, and
the bytes are looked at again when they go back. They move a few files at a time. The space that the
bytes had in the old table is free once it is written anew: VACUUM FULL intake_transfer.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor as Editor
from django.db.migrations.state import StateApps

from onroll.audit.only_added import OnlyAdded

MOST_FILES, MOST_BYTES = 200, 32 * 1024 * 1024

FORWARDS = """
WITH next AS (
    SELECT id, row_number() OVER (ORDER BY id) AS number, sum(size) OVER (ORDER BY id) AS total
    FROM (SELECT id, size FROM intake_transfer WHERE id > %(after)s ORDER BY id LIMIT %(files)s) t
), batch AS MATERIALIZED (
    SELECT id, nextval(pg_get_serial_sequence('documents_document', 'id')) AS document_id
    FROM next WHERE number = 1 OR total <= %(bytes)s
), moved AS (
    INSERT INTO documents_document
        (id, kind, name, sha256, size, content, attached_at, attached_by_id)
    OVERRIDING SYSTEM VALUE
    SELECT batch.document_id, 'intake', t.name, t.sha256, t.size, t.content,
        t.received_at, t.received_by_id
    FROM batch JOIN intake_transfer t ON t.id = batch.id
), pointed AS (
    UPDATE intake_transfer t SET document_id = batch.document_id
    FROM batch WHERE t.id = batch.id
)
SELECT max(id) FROM batch
"""
BACKWARDS = """
WITH next AS (
    SELECT t.id, row_number() OVER (ORDER BY t.id) AS number,
        sum(d.size) OVER (ORDER BY t.id) AS total
    FROM (SELECT id, document_id FROM intake_transfer WHERE id > %(after)s
        ORDER BY id LIMIT %(files)s) t JOIN documents_document d ON d.id = t.document_id
), batch AS MATERIALIZED (SELECT id FROM next WHERE number = 1 OR total <= %(bytes)s
), moved AS (
    UPDATE intake_transfer t SET content = d.content, size = d.size
    FROM batch, documents_document d WHERE t.id = batch.id AND d.id = t.document_id
)
SELECT max(id) FROM batch
"""
LEFT_BEHIND = """
SELECT count(*) FROM intake_transfer t LEFT JOIN documents_document d ON d.id = t.document_id
WHERE d.id IS NULL OR d.sha256 <> t.sha256 OR d.size <> t.size
"""
NOT_BACK = """
SELECT count(*) FROM intake_transfer
WHERE content IS NULL OR encode(sha256(content), 'hex') <> sha256 OR length(content) <> size
"""


def move(schema_editor: Editor, statement: str, check: str) -> None:
    """Run a statement batch by batch, and stop the migration where a file is not as it was."""
    with schema_editor.connection.cursor() as cursor:
        after: int | None = 0
        while after is not None:
            values = {"after": after, "files": MOST_FILES, "bytes": MOST_BYTES}
            cursor.execute(statement, values)
            (after,) = cursor.fetchone()
        cursor.execute(check)
        (wrong,) = cursor.fetchone()
        if wrong:
            raise RuntimeError(f"{wrong} files are not as they were; nothing was changed.")


def to_documents(apps: StateApps, schema_editor: Editor) -> None:
    """Move the bytes out of the files."""
    move(schema_editor, FORWARDS, LEFT_BEHIND)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def to_files(apps: StateApps, schema_editor: Editor) -> None:
    """Move the bytes back."""
    move(schema_editor, BACKWARDS, NOT_BACK)
    schema_editor.execute("UPDATE intake_transfer SET document_id = NULL")
    schema_editor.execute("DELETE FROM documents_document WHERE kind = 'intake'")
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def keep_bytes_again(apps: StateApps, schema_editor: Editor) -> None:
    """Gone back, the file's own bytes are never changed again."""
    kept = ("ref", "sha256", "content", "size")
    for statement in OnlyAdded("intake_transfer", keeps=kept).statements():
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_start'),
        ('intake', '0016_findings_to_lists'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, keep_bytes_again),
        migrations.AlterField('transfer', 'content', models.BinaryField(null=True)),
        migrations.AlterField('transfer', 'size', models.PositiveBigIntegerField(null=True)),
        migrations.AddField(
            model_name='transfer',
            name='document',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document'),
        ),
        migrations.RunPython(to_documents, to_files),
        OnlyAdded("intake_transfer", keeps=("ref", "sha256", "document_id")),
        migrations.RemoveField('transfer', 'content'),
        migrations.RemoveField('transfer', 'size'),
        migrations.AlterField(
            model_name='transfer',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document'),
        ),
    ]
