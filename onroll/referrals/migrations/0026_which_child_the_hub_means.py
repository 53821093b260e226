"""Which child on record the hub says that it is."""

import django.db.models.deletion
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded


class Migration(migrations.Migration):

    dependencies = [
        ("children", "0019_schools_as_said"),
        ("referrals", "0025_private_fostering_at_the_hub"),
    ]

    operations = [
        migrations.AddField(
            model_name="hubdecision",
            name="meant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="children.child",
            ),
        ),
        migrations.AddField(
            model_name="hubdecision",
            name="is_none_meant",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="hubdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("meant__isnull", True), ("is_none_meant", False), _connector="OR"
                ),
                name="hub_means_a_child_or_none_of_them",
            ),
        ),
        OnlyAdded(
            "referrals_hubdecision",
            keeps=(
                "ref", "entry_id", "decision", "why", "by_id", "at", "authority_id", "passed_how",
                "is_whereabouts_known", "risk", "greater_risks", "is_serious", "call_with",
                "call_at", "has_social_worker", "social_worker", "social_worker_on", "police_by",
                "police_reference", "police_why_not", "care_name", "care_team", "care_on",
                "care_why_not", "contradicts", "contradicts_why", "meant_id", "is_none_meant",
            ),
        ),
    ]
