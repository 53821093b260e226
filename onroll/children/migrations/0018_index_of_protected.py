"""Protected children are found without reading the whole table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("children", "0017_keys_of_all_letters"),)

    operations = (
        migrations.AddIndex(
            model_name="child",
            index=models.Index(
                condition=models.Q(("is_protected", True)),
                fields=["id"],
                name="protected_child",
            ),
        ),
    )
