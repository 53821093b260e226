"""Of what a referral was sent without: which the hub says that it has now."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("referrals", "0020_parted_from_a_case")]

    operations = [
        migrations.AddField(
            model_name="referralstep",
            name="gives",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
    ]
