"""Documents: kept as they came, under the trail by their hash, and never changed."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0001_trail'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('content', models.BinaryField()),
                ('attached_at', models.DateTimeField()),
                ('attached_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('attached_at', 'pk'),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('sha256', models.Func(models.Func(models.F('content'), function='sha256'), models.Value('hex'), function='encode'))), name='document_has_the_hash_of_its_bytes'),
                    models.CheckConstraint(condition=models.Q(('size', django.db.models.functions.text.Length('content'))), name='document_has_the_size_of_its_bytes'),
                ],
            },
        ),
        AuditTable("documents_document", omit=("content",)),
        OnlyAdded("documents_document"),
    ]
