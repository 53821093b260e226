"""Who settled whose record it is, and which school a file named, as facts; new tables audited."""

from django.db import migrations

from onroll.audit.operations import AuditTable

# The answer that held when the record was applied: the record's own, else the newest about the
# same identity.
SETTLED = """
update intake_row r
set decision_id = (
        select d.id from intake_decision d
        where d.fingerprint = r.fingerprint and d.verdict in ('same', 'different')
            and d.at <= r.applied_at
        order by (d.row_id = r.id) desc, d.at desc, d.id desc
        limit 1
    ),
    because = case when r.because like 'Settled by %%' then '' else r.because end
where r.stage = 'applied' and (r.answer = 'unsure' or r.because like 'Settled by %%')
"""

SENDERS = """
update intake_transfer
set sender_number = coalesce(substring(sender_text from '([0-9A-Z]{7})$'), '')
where sender_text <> ''
"""


class Migration(migrations.Migration):
    dependencies = (
        ("audit", "0001_trail"),
        ("intake", "0010_facts_instead_of_sentences"),
    )
    operations = (
        migrations.RunSQL([(SETTLED, []), (SENDERS, [])], migrations.RunSQL.noop),
        AuditTable("intake_upload"),
        AuditTable("intake_uploaditem"),
        AuditTable("intake_attachment", omit=("content",)),
    )
