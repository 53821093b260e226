"""How a case was closed goes into the audit trail; alerts that only repeated a clock end."""

from django.db import migrations

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):
    dependencies = (
        ("audit", "0001_trail"),
        ("cases", "0004_proof"),
    )
    operations = (
        AuditTable("cases_closing", through=("case_id", "cases_case", "child_id")),
        migrations.RunSQL(
            "UPDATE cases_alert SET settled_at = now() WHERE kind = 'overdue' AND settled_at IS NULL",
            migrations.RunSQL.noop,
        ),
    )
