"""Every change of merges, and of records told apart, goes into the audit trail."""

from django.db import migrations

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):
    dependencies = (
        ("audit", "0001_trail"),
        ("children", "0004_merging"),
    )
    operations = (
        # What moved is in the trail already, row by row.
        AuditTable("children_merge", child_column="kept_id", omit=("moved",)),
        AuditTable("children_notsame", child_column="one_id"),
    )
