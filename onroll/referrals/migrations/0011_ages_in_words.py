"""An age that is not one number of years, as it was written."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("referrals", "0010_opened_again")]

    operations = [
        migrations.AddField(
            model_name="referredchild",
            name="age_words",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
    ]
