"""The referral that a start record became, since something of it was not known."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("referrals", "0008_language_of_the_form")]

    operations = [
        migrations.AddField(
            model_name="startrecord",
            name="referral",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="start_record",
                to="referrals.referral",
            ),
        ),
    ]
