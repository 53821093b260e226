"""An issued report is never changed or deleted, and every change around it goes into the trail."""

from django.db import migrations

from onroll.audit.operations import AuditTable

FREEZE = """
CREATE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An issued weekly report is never changed or deleted.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON reports_weeklyreport
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();
ALTER TABLE reports_weeklyreport ENABLE ALWAYS TRIGGER frozen;
"""
THAW = """
DROP TRIGGER frozen ON reports_weeklyreport;
DROP FUNCTION reports_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = (
        ("audit", "0001_trail"),
        ("reports", "0001_start"),
    )
    operations = (
        migrations.RunSQL(FREEZE, THAW),
        AuditTable("reports_weeklyreport", omit=("content",)),
        AuditTable("reports_notice"),
    )
