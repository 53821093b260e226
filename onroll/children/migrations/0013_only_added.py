"""Who told us what, and which records were said to be one child or two, is only added to."""

from django.db import migrations

from onroll.audit.only_added import OnlyAdded


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0012_audit_corrections'),
    ]

    operations = [
        OnlyAdded("children_source"),
        OnlyAdded("children_correction", may_change=("child_id",)),
        OnlyAdded("children_detail", may_change=("child_id",)),
        OnlyAdded(
            "children_merge",
            may_change=(
                *("agreed_at", "agreed_by_id", "refused_at", "refused_by_id", "refused_why"),
                *("undone_at", "undone_by_id", "undone_why", "moved"),
            ),
        ),
        OnlyAdded(
            "children_notsame", may_change=("withdrawn_at", "withdrawn_by_id", "withdrawn_why")
        ),
    ]
