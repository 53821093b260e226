"""What was typed elsewhere before a form was begun, and what the form was begun from."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("drafts", "0004_links")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="offered",
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="draft",
            name="origin",
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
    ]
