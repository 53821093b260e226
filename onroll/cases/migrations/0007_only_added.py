"""What happened to a case and what people wrote on it is only added to."""

import django.db.models.deletion
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_reason_withdrawn'),
    ]

    operations = [
        migrations.AlterField(
            model_name='deadlinechange',
            name='deadline',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='cases.deadline'),
        ),
        migrations.AlterField(
            model_name='note',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case'),
        ),
        migrations.AlterField(
            model_name='step',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='cases.case'),
        ),
        OnlyAdded("cases_step"),
        OnlyAdded("cases_note"),
        OnlyAdded("cases_deadlinechange"),
        OnlyAdded("cases_closing", may_change=("undone_at",)),
    ]
