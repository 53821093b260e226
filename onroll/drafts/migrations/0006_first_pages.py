"""On which first page a form was begun, so that a way back to that page goes on with it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("drafts", "0005_what_is_offered")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="start_digest",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("start_digest", ""), _negated=True),
                fields=("start_digest",),
                name="draft_is_begun_once_on_a_first_page",
            ),
        ),
    ]
