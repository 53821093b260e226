"""Every change to these tables goes into the audit trail."""

from django.db import migrations

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):
    dependencies = (
        ("audit", "0001_trail"),
        ("schools", "0001_start"),
    )
    operations = (
        AuditTable("schools_authority"),
        AuditTable("schools_school"),
        AuditTable("schools_formernumber"),
        AuditTable("schools_term"),
        AuditTable("schools_closure"),
        AuditTable("schools_staff"),
    )
