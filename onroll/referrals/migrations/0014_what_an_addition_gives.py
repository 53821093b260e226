"""Which of the things that a referral was sent without an addition to it tells."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("referrals", "0013_what_a_decision_contradicts")]

    operations = [
        migrations.AddField(
            model_name="referralupdate",
            name="gives",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
    ]
