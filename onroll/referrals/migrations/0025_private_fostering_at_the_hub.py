"""Who at social care the hub told that a child may be privately fostered, or why nobody is told."""

from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded


class Migration(migrations.Migration):

    dependencies = [("referrals", "0024_calls_nobody_answered")]

    operations = [
        migrations.AddField(
            model_name="hubdecision",
            name="care_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="hubdecision",
            name="care_team",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="hubdecision",
            name="care_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="hubdecision",
            name="care_why_not",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        OnlyAdded(
            "referrals_hubdecision",
            keeps=(
                "ref", "entry_id", "decision", "why", "by_id", "at", "authority_id", "passed_how",
                "is_whereabouts_known", "risk", "greater_risks", "is_serious", "call_with",
                "call_at", "has_social_worker", "social_worker", "social_worker_on", "police_by",
                "police_reference", "police_why_not", "care_name", "care_team", "care_on",
                "care_why_not", "contradicts", "contradicts_why",
            ),
        ),
    ]
