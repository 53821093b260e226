"""How common names, birthdays and postcodes are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("children", "0006_withdrawn"),)
    operations = (
        migrations.CreateModel(
            name="Commonness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("value", models.TextField()),
                ("number", models.BigIntegerField()),
            ],
            options={
                "verbose_name_plural": "commonness",
                "constraints": (
                    models.UniqueConstraint(fields=("kind", "value"), name="value_is_counted_once"),
                ),
            },
        ),
    )
