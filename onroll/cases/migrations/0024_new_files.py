"""A closing asks the last school for a new transfer file, and opening the case again takes it back.

What is given up by the night, when it opens a case again, has nobody who did it.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

ENDS = "action_point_ends_by_someone_on_a_day_in_words"


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0023_missed_change"),
        ("schools", "0002_audit"),
    ]

    operations = [
        migrations.AddField(
            "actionpoint",
            "school",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.school",
            ),
        ),
        migrations.RemoveConstraint("actionpoint", ENDS),
        migrations.AddConstraint(
            "actionpoint",
            models.CheckConstraint(
                condition=Q(
                    done_on__isnull=True,
                    done_at__isnull=True,
                    done_by__isnull=True,
                    result="",
                    is_given_up=False,
                )
                | Q(done_on__isnull=False, done_at__isnull=False)
                & ~Q(result="")
                & (Q(done_by__isnull=False) | Q(is_given_up=True)),
                name=ENDS,
            ),
        ),
    ]
