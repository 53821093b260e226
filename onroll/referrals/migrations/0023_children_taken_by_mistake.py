"""That a desk took by mistake a child who was sent on.

On the way back these rows go: what was before has no word for them.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

STEPS = [
    "received",
    "update",
    "decided",
    "accepted",
    "closed",
    "passed",
    "reopened",
    "taken",
    "untaken",
    "outcome",
    "parted",
]
NEW = "untaken"


def forget(apps: Any, _editor: Any) -> None:
    rows = apps.get_model("referrals", "Notification")._default_manager
    rows.filter(happening=NEW).delete()


class Migration(migrations.Migration):
    dependencies = [("referrals", "0022_call_before_a_referral")]

    operations = [
        migrations.RemoveConstraint("notification", "notification_is_of_a_known_step"),
        migrations.RunPython(migrations.RunPython.noop, forget),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=Q(happening__in=STEPS), name="notification_is_of_a_known_step"
            ),
        ),
    ]
