"""What a decision of the hub contradicts of what was known, and why it is right all the same."""

from django.db import migrations, models
from django.db.models import Q

from onroll.audit.only_added import OnlyAdded


class Migration(migrations.Migration):

    dependencies = [("referrals", "0012_told_again")]

    operations = [
        migrations.AddField(
            model_name="hubdecision",
            name="contradicts",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="hubdecision",
            name="contradicts_why",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddConstraint(
            model_name="hubdecision",
            constraint=models.CheckConstraint(
                condition=Q(contradicts=[], contradicts_why="")
                | ~Q(contradicts=[]) & ~Q(contradicts_why=""),
                name="hub_decision_against_what_is_known_says_why",
            ),
        ),
        OnlyAdded(
            "referrals_hubdecision",
            keeps=(
                "ref", "entry_id", "decision", "why", "by_id", "at", "authority_id", "passed_how",
                "is_whereabouts_known", "risk", "greater_risks", "is_serious", "call_with",
                "call_at", "has_social_worker", "social_worker", "social_worker_on", "police_by",
                "police_reference", "police_why_not", "contradicts", "contradicts_why",
            ),
        ),
    ]
