"""Whom to tell of a report is kept by `messages` from now on; the table moves there with its rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("reports", "0002_freeze"),)
    operations = (
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="Notice")], database_operations=[]
        ),
    )
