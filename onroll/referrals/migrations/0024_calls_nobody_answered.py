"""That somebody rang who referred, and nobody answered.

On the way back these rows say that they were not told, and why.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

WAYS = [
    "status_page",
    "email_link",
    "school_page",
    "on_screen",
    "telephone",
    "letter",
    "in_person",
    "no_answer",
    "not_told",
]
NEW, BEFORE = "no_answer", "not_told"


def call_not_told(apps: Any, _editor: Any) -> None:
    rows = apps.get_model("referrals", "Notification")._default_manager.filter(channel=NEW)
    rows.filter(why="").update(why="Nobody answered.")
    rows.update(channel=BEFORE)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0023_children_taken_by_mistake")]

    operations = [
        migrations.RemoveConstraint("notification", "notification_goes_a_known_way"),
        migrations.RunPython(migrations.RunPython.noop, call_not_told),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=Q(channel__in=WAYS), name="notification_goes_a_known_way"
            ),
        ),
    ]
