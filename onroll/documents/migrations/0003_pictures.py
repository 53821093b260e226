"""Types of evidence, and copies of pictures to be shown. What is kept gets its type by its content."""

import django.db.models.deletion
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable

# Until now evidence was of these four types alone.
TYPES = """
UPDATE documents_document SET media_type = CASE
    WHEN substring(content FOR 4) = '\\x89504e47' THEN 'image/png'
    WHEN substring(content FOR 3) = '\\xffd8ff' THEN 'image/jpeg'
    WHEN substring(content FOR 2) = '\\x504b'
        THEN 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    ELSE 'application/pdf'
END
WHERE kind = 'evidence'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_scan'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='media_type',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
        migrations.RunSQL(TYPES, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='picture', serialize=False, to='documents.document')),
                ('content', models.BinaryField(blank=True)),
                ('not_shown', models.CharField(blank=True, max_length=13)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('not_shown', ''), models.Q(('content', b''), _negated=True)), models.Q(('content', b''), ('not_shown__in', ['broken', 'too-many-dots', 'moves', 'several-pages'])), _connector='OR'), name='picture_is_shown_or_says_why_not')],
            },
        ),
        AuditTable("documents_picture", omit=("content",), key="document_id"),
        OnlyAdded("documents_picture"),
    ]
