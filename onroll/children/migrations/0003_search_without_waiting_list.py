"""A search no longer reads, one by one, the names added since the last vacuum."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("children", "0002_audit"),)
    operations = (
        migrations.RemoveIndex("child", "child_by_search_keys"),
        migrations.AddIndex(
            "child",
            GinIndex(fields=("search_keys",), name="child_by_search_keys", fastupdate=False),
        ),
    )
