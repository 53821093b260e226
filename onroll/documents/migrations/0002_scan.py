"""What is known of viruses in a document, which alone of it may change; all that are kept wait."""

from django.db import migrations, models

from onroll.audit.only_added import APP

MAY_CHANGE = 'GRANT UPDATE (scan, scanned_at, signature, tries) ON "documents_document" TO ' + APP


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_start'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='scan',
            field=models.CharField(db_default='waiting', default='waiting', max_length=9),
        ),
        migrations.AddField(
            model_name='document',
            name='scanned_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='signature',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='document',
            name='tries',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('scan', 'waiting')), fields=['tries', 'attached_at'], name='unscanned_document'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scan', 'waiting'), ('scanned_at__isnull', True)), models.Q(('scan__in', ['clean', 'infected', 'too-large']), ('scanned_at__isnull', False)), _connector='OR'), name='document_has_an_answer_exactly_when_it_was_scanned'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scan', 'infected'), models.Q(('signature', ''), _negated=True)), models.Q(models.Q(('scan', 'infected'), _negated=True), ('signature', '')), _connector='OR'), name='document_is_infected_exactly_when_it_names_a_virus'),
        ),
        # Backwards the right goes with its columns, and 0001's refusal of all else stays.
        migrations.RunSQL(MAY_CHANGE, migrations.RunSQL.noop),
    ]
