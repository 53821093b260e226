"""Every change to a finding, and every answer, goes into the audit trail."""

from django.db import migrations

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):
    dependencies = (
        ("audit", "0001_trail"),
        ("intake", "0006_lists"),
    )
    operations = (AuditTable("intake_finding", child_column="child_id"),)
