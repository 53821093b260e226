"""Whether the time at which a referral came is known, beside its day."""

from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded


class Migration(migrations.Migration):

    dependencies = [("referrals", "0014_what_an_addition_gives")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="has_time",
            field=models.BooleanField(db_default=True, default=True),
        ),
        OnlyAdded(
            "referrals_referral",
            keeps=(
                "ref", "sent_at", "made_by_id", "relation", "referrer_name", "referrer_contact",
                "worry", "depth", "school_id", "answers", "missing", "missing_why", "channel",
                "taken_by", "typed_at", "has_time",
            ),
        ),
    ]
