"""Which school is asked, and which one made an enquiry, have a column each.

The day on which an answer is asked for again stands in the clock alone.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import PROTECT

AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"
TO_ITS_OWN = """
UPDATE enquiries_enquiry SET by_school_id = asked_school_id, asked_school_id = NULL
WHERE is_by_school
"""
TO_ONE = """
UPDATE enquiries_enquiry
SET asked_school_id = by_school_id, is_by_school = true WHERE by_school_id IS NOT NULL
"""


def to_school() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        blank=True, null=True, on_delete=PROTECT, related_name="+", to="schools.school"
    )


class Migration(migrations.Migration):

    dependencies = [
        ("enquiries", "0002_a_file_for_several"),
        ("referrals", "0019_told_enquiries"),  # which writes the columns as they were
    ]

    operations = [
        migrations.RemoveIndex(model_name="enquiry", name="enquiry_by_school"),
        migrations.RemoveConstraint(model_name="enquiry", name="enquiry_of_a_school_names_the_school"),
        migrations.RenameField(model_name="enquiry", old_name="school", new_name="asked_school"),
        migrations.AddField(model_name="enquiry", name="by_school", field=to_school()),
        migrations.RunSQL([TO_ITS_OWN, AT_ONCE], [TO_ONE, AT_ONCE]),
        migrations.RemoveField(model_name="enquiry", name="is_by_school"),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=Q(asked_school__isnull=False),
                fields=["asked_school", "at"],
                name="enquiry_by_school_asked",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=Q(by_school__isnull=False),
                fields=["by_school", "at"],
                name="enquiry_by_school_that_made_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=Q(asked_school__isnull=True) | Q(by_school__isnull=True),
                name="enquiry_asks_a_school_or_is_made_by_one",
            ),
        ),
        migrations.RemoveField(model_name="enquiryentry", name="chase_on"),
    ]
