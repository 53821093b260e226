"""Which answers about risk followed after a referral was sent, and which talks they ask for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("referrals", "0026_which_child_the_hub_means")]

    operations = [
        migrations.AddField(
            model_name="referralupdate",
            name="owes",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="referralrisk",
            name="update",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="risks",
                to="referrals.referralupdate",
            ),
        ),
    ]
