"""Another team has a referral: who referred is told that, in the place of the end."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("referrals", "0015_time_at_which_it_came")]

    operations = [
        migrations.RemoveConstraint(
            model_name="notification", name="notification_is_of_a_known_step"
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=Q(
                    happening__in=[
                        "received",
                        "update",
                        "decided",
                        "accepted",
                        "closed",
                        "passed",
                        "reopened",
                    ]
                ),
                name="notification_is_of_a_known_step",
            ),
        ),
    ]
