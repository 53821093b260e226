"""When an agency was put on the list, so that one nobody has asked yet has an age."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):

    dependencies = [("agencies", "0001_start")]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="added_at",
            field=models.DateTimeField(db_default=Now()),
        ),
    ]
