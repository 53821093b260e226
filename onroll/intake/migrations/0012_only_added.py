"""Files as they came, what their records said and what people answered are only added to."""

import django.db.models.deletion
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0011_facts_of_what_is_settled'),
    ]

    operations = [
        migrations.AlterField(
            model_name='arrival',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='intake.transfer'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='row',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='intake.row'),
        ),
        migrations.AlterField(
            model_name='row',
            name='transfer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='intake.transfer'),
        ),
        OnlyAdded("intake_transfer", keeps=("ref", "sha256", "content", "size")),
        OnlyAdded("intake_arrival"),
        OnlyAdded(
            "intake_row", keeps=("transfer_id", "number", "purpose", "said", "fingerprint")
        ),
        OnlyAdded("intake_decision", may_change=("child_id",)),
    ]
