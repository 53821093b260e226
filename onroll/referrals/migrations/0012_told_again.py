"""That people are told when the hub looks at a referral again, and which children a step is of.

On the way back these rows go: what was before has no word for them.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

STEPS = ["received", "update", "decided", "accepted", "closed", "reopened"]


def forget(apps: Any, _editor: Any) -> None:
    rows = apps.get_model("referrals", "Notification")._default_manager
    rows.filter(happening="reopened").delete()


class Migration(migrations.Migration):

    dependencies = [("referrals", "0011_ages_in_words")]

    operations = [
        migrations.RemoveConstraint("notification", "notification_is_of_a_known_step"),
        migrations.RunPython(migrations.RunPython.noop, forget),
        migrations.AddField(
            model_name="notification",
            name="about",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=Q(happening__in=STEPS), name="notification_is_of_a_known_step"
            ),
        ),
    ]
