"""The other records of a file that share a birthday are found at once."""

from django.db import migrations, models
from django.db.models.fields.json import KT


class Migration(migrations.Migration):
    dependencies = (("intake", "0007_findings_audited"),)
    operations = (
        migrations.AddIndex(
            model_name="row",
            index=models.Index("transfer", KT("said__born"), name="record_by_birthday"),
        ),
    )
