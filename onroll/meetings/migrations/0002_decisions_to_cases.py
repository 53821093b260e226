"""What meetings decided goes to the action points of cases, each with its clock (ADR 0045).

Rows come before those of audits and keep their numbers, so that their clocks keep theirs.
"""

from django.db import migrations

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable


COLUMNS = "ref, words, whom, due_on, at, by_id, result, done_on, done_at, done_by_id, case_id"
THERE = f"""
INSERT INTO cases_actionpoint
    (id, {COLUMNS}, origin, origin_ref, is_given_up, goes_on_with)
SELECT point.id, {", ".join(f"point.{name}" for name in COLUMNS.split(", "))},
    'of_meeting', meeting.ref, false, ''
FROM meetings_actionpoint point
JOIN meetings_agendaitem item ON item.id = point.item_id
JOIN meetings_meeting meeting ON meeting.id = item.meeting_id
"""
COUNT = """
SELECT setval(pg_get_serial_sequence('cases_actionpoint', 'id'), max(id)) FROM cases_actionpoint
HAVING max(id) IS NOT NULL
"""
BACK = f"""
INSERT INTO meetings_actionpoint (id, {COLUMNS}, item_id)
SELECT point.id, {", ".join(f"point.{name}" for name in COLUMNS.split(", "))}, item.id
FROM cases_actionpoint point
JOIN meetings_meeting meeting ON meeting.ref = point.origin_ref
JOIN meetings_agendaitem item
    ON item.meeting_id = meeting.id AND item.case_id = point.case_id AND item.removed_at IS NULL
WHERE point.origin = 'of_meeting'
"""
COUNT_BACK = COUNT.replace("cases_actionpoint", "meetings_actionpoint")
EMPTY = "DELETE FROM cases_actionpoint WHERE origin = 'of_meeting'"
GUARDS = (
    *AuditTable("meetings_actionpoint", through=("case_id", "cases_case", "child_id")).statements(),
    *OnlyAdded(
        "meetings_actionpoint", may_change=("result", "done_on", "done_at", "done_by_id")
    ).statements(),
)
AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0021_action_points"),
        ("clocks", "0003_due_at"),
        ("meetings", "0001_start"),
    ]

    operations = [
        migrations.RunSQL([THERE, COUNT, AT_ONCE], [BACK, COUNT_BACK, EMPTY, AT_ONCE]),
        migrations.RunSQL(migrations.RunSQL.noop, GUARDS),
        migrations.DeleteModel(name="ActionPoint"),
    ]
