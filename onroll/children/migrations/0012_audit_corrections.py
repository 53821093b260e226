"""Every detail and every correction goes into the audit trail."""

from django.db import migrations

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):
    dependencies = (
        ("audit", "0001_trail"),
        ("children", "0011_correction_detail"),
    )
    operations = (
        AuditTable("children_detail", child_column="child_id"),
        AuditTable("children_correction", child_column="child_id"),
    )
