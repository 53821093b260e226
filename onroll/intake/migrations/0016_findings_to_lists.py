"""What lists show is kept by `lists` from now on; the table and its rows move there as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("intake", "0015_ways_of_findings"),)
    operations = (
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="Finding")], database_operations=[]
        ),
    )
