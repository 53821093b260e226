"""Every change to these tables goes into the audit trail."""

from django.db import migrations

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):
    dependencies = (
        ("audit", "0001_trail"),
        ("children", "0001_start"),
    )
    operations = (
        AuditTable("children_child", child_column="id", omit=("search_keys",)),
        AuditTable("children_name", child_column="child_id"),
        AuditTable("children_identifier", child_column="child_id"),
        AuditTable("children_address", child_column="child_id"),
        AuditTable("children_relationship", child_column="child_id"),
        AuditTable("children_place", child_column="child_id"),
        AuditTable("children_flag", child_column="child_id"),
        AuditTable("children_adult"),
        AuditTable("children_source"),
    )
