"""What is still to be done on a case that joins another comes to that one."""

from django.db import migrations

from onroll.audit.only_added import OnlyAdded


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0021_action_points"),
    ]

    operations = [
        OnlyAdded(
            "cases_actionpoint",
            may_change=(
                "case_id",
                "result",
                "is_given_up",
                "done_on",
                "done_at",
                "done_by_id",
                "goes_on_with",
                "goes_on_at",
                "goes_on_by_id",
            ),
        ),
    ]
