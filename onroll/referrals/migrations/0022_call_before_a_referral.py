"""The call that was written down before a referral, which was begun from that."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("referrals", "0021_what_the_hub_has")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="call",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="referrals.startrecord",
            ),
        ),
    ]
