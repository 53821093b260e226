"""Who covers for whom while they are absent, which is only added to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_confirmed_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('absent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('colleague', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='a_cover_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('absent', models.F('colleague')), _negated=True), name='nobody_covers_for_themselves')],
            },
        ),
        AuditTable("accounts_cover"),
        OnlyAdded("accounts_cover"),
    ]
