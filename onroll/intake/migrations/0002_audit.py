"""Every change to these tables goes into the audit trail; bytes and records leave a hash."""

from django.db import migrations

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):
    dependencies = (
        ("audit", "0001_trail"),
        ("intake", "0001_start"),
    )
    operations = (
        AuditTable("intake_transfer", omit=("content",)),
        AuditTable("intake_arrival"),
        AuditTable("intake_row", child_column="child_id", omit=("said",)),
        AuditTable("intake_decision", child_column="child_id"),
    )
