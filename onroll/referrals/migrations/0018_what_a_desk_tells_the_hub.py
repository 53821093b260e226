"""The hub is told that a desk has a child, and what came of it.

On the way back these rows go: what was before has no word for them.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

BEFORE = ["received", "update", "decided", "accepted", "closed", "passed", "reopened"]
NEW = ["taken", "outcome"]


def forget(apps: Any, _editor: Any) -> None:
    rows = apps.get_model("referrals", "Notification")._default_manager
    rows.filter(happening__in=NEW).delete()


class Migration(migrations.Migration):
    dependencies = [("referrals", "0017_something_else_was_tried")]

    operations = [
        migrations.RemoveConstraint("notification", "notification_is_of_a_known_step"),
        migrations.RunPython(migrations.RunPython.noop, forget),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=Q(happening__in=[*BEFORE, *NEW]), name="notification_is_of_a_known_step"
            ),
        ),
    ]
