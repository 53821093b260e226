"""Whoever has a case is told that a referral no longer belongs to it.

On the way back these rows go: what was before has no word for them.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

BEFORE = [
    "received",
    "update",
    "decided",
    "accepted",
    "closed",
    "passed",
    "reopened",
    "taken",
    "outcome",
]
NEW = "parted"


def forget(apps: Any, _editor: Any) -> None:
    rows = apps.get_model("referrals", "Notification")._default_manager
    rows.filter(happening=NEW).delete()


class Migration(migrations.Migration):
    dependencies = [("referrals", "0019_told_enquiries")]

    operations = [
        migrations.RemoveConstraint("notification", "notification_is_of_a_known_step"),
        migrations.RunPython(migrations.RunPython.noop, forget),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=Q(happening__in=[*BEFORE, NEW]), name="notification_is_of_a_known_step"
            ),
        ),
    ]
