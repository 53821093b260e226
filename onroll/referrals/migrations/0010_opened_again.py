"""Whether the hub itself opened a child again, which is not the same as that it was turned back.

Rows from before are told apart by what happened to their referral.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Q


def tell_apart(apps: Any, _editor: Any) -> None:
    decisions = apps.get_model("referrals", "HubDecision")._default_manager
    steps = apps.get_model("referrals", "ReferralStep")._default_manager.filter(
        referral=OuterRef("entry__referral"),
        at=OuterRef("turned_back_at"),
        what__startswith="Opened again; it was: ",
    )
    rows = decisions.filter(models.Exists(steps), turned_back_at__isnull=False)
    decisions.filter(pk__in=list(rows.values_list("pk", flat=True))).update(is_opened_again=True)


class Migration(migrations.Migration):

    dependencies = [("referrals", "0009_start_records_that_became_referrals")]

    operations = [
        migrations.AddField(
            model_name="hubdecision",
            name="is_opened_again",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="hubdecision",
            constraint=models.CheckConstraint(
                condition=Q(is_opened_again=False) | Q(turned_back_at__isnull=False),
                name="child_opened_again_has_its_moment",
            ),
        ),
    ]
