"""Every change to these tables goes into the audit trail."""

from django.db import migrations

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):
    dependencies = (
        ("audit", "0001_trail"),
        ("cases", "0001_start"),
    )
    operations = (
        AuditTable("cases_case", child_column="child_id"),
        AuditTable("cases_casereason", through=("case_id", "cases_case", "child_id")),
        AuditTable("cases_member", through=("case_id", "cases_case", "child_id")),
        AuditTable("cases_step", through=("case_id", "cases_case", "child_id")),
        AuditTable("cases_deadline", through=("case_id", "cases_case", "child_id")),
        AuditTable("cases_alert", through=("case_id", "cases_case", "child_id")),
        AuditTable("cases_note", through=("case_id", "cases_case", "child_id")),
        AuditTable("cases_deadlinechange"),
        AuditTable("cases_savedview"),
    )
