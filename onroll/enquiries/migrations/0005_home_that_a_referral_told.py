"""Where the child lives, as the referral says that told of an enquiry."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("enquiries", "0004_addresses_tried")]

    operations = [
        migrations.AddField(
            model_name="enquiry",
            name="told_home",
            field=models.CharField(blank=True, db_default="", default="", max_length=420),
        ),
    ]
