"""In which language the form of a referral was, and the page of an addition to it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("referrals", "0007_cases_at_the_hub")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="language",
            field=models.CharField(db_default="en-gb", default="en-gb", max_length=8),
        ),
        migrations.AddField(
            model_name="referralupdate",
            name="language",
            field=models.CharField(db_default="en-gb", default="en-gb", max_length=8),
        ),
    ]
