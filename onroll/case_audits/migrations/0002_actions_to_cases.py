"""What audits ask for goes to the action points of cases, each with its clock (ADR 0045)."""

from django.db import migrations

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable

COLUMNS = "ref, words, whom, due_on, at, by_id, result, done_on, done_at, done_by_id, case_id"
_OF_POINT = ", ".join(f"point.{name}" for name in COLUMNS.split(", "))
THERE = f"""
INSERT INTO cases_actionpoint ({COLUMNS}, origin, origin_ref, is_given_up, goes_on_with)
SELECT {_OF_POINT}, 'of_case_audit', audit.ref, false, ''
FROM case_audits_auditaction point
JOIN case_audits_samplecase sample ON sample.id = point.sample_id
JOIN case_audits_caseaudit audit ON audit.id = sample.audit_id
ORDER BY point.id
"""
CLOCKS = """
UPDATE clocks_deadline clock SET subject = 'actionpoint', subject_id = new.id
FROM case_audits_auditaction old JOIN cases_actionpoint new ON new.ref = old.ref
WHERE clock.subject = 'auditaction' AND clock.subject_id = old.id
"""
BACK = f"""
INSERT INTO case_audits_auditaction ({COLUMNS}, sample_id)
SELECT {_OF_POINT}, sample.id
FROM cases_actionpoint point
JOIN case_audits_caseaudit audit ON audit.ref = point.origin_ref
JOIN case_audits_samplecase sample
    ON sample.audit_id = audit.id AND sample.case_id = point.case_id
WHERE point.origin = 'of_case_audit' ORDER BY point.id
"""
CLOCKS_BACK = """
UPDATE clocks_deadline clock SET subject = 'auditaction', subject_id = old.id
FROM case_audits_auditaction old JOIN cases_actionpoint new ON new.ref = old.ref
WHERE clock.subject = 'actionpoint' AND clock.subject_id = new.id
"""
EMPTY = "DELETE FROM cases_actionpoint WHERE origin = 'of_case_audit'"
GUARDS = (
    *AuditTable("case_audits_auditaction", through=("case_id", "cases_case", "child_id")).statements(),
    *OnlyAdded(
        "case_audits_auditaction", may_change=("result", "done_on", "done_at", "done_by_id")
    ).statements(),
)
AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"


class Migration(migrations.Migration):

    dependencies = [
        ("case_audits", "0001_start"),
        ("clocks", "0003_due_at"),
        ("meetings", "0002_decisions_to_cases"),  # whose rows keep their numbers, and come first
    ]

    operations = [
        migrations.RunSQL([THERE, CLOCKS, AT_ONCE], [BACK, CLOCKS_BACK, EMPTY, AT_ONCE]),
        migrations.RunSQL(migrations.RunSQL.noop, GUARDS),
        migrations.DeleteModel(name="AuditAction"),
    ]
