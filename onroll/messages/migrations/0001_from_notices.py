"""The outbox, taken over from the notices of the weekly report, with their rows and triggers.

A message has the reference of the report instead of its key. Gone back, messages of other kinds
would have no report: there are none before the next kind.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
ALTER TABLE reports_notice RENAME TO outbox_message;
ALTER TABLE outbox_message
    ADD COLUMN kind varchar(20) NOT NULL DEFAULT 'weekly_report',
    ADD COLUMN ref varchar(11),
    ADD COLUMN due_at timestamptz,
    ADD COLUMN tries smallint NOT NULL DEFAULT 0
        CONSTRAINT outbox_message_tries_check CHECK (tries >= 0),
    ADD COLUMN refused_because text NOT NULL DEFAULT '',
    ADD COLUMN given_up_at timestamptz;
UPDATE outbox_message m SET due_at = m.made_at, tries = (m.sent_at IS NOT NULL)::int, ref = r.ref
    FROM reports_weeklyreport r WHERE r.id = m.report_id;
DROP INDEX notice_to_send;
ALTER TABLE outbox_message
    DROP COLUMN report_id,
    ALTER COLUMN ref SET NOT NULL,
    ALTER COLUMN due_at SET NOT NULL,
    ALTER COLUMN kind DROP DEFAULT,
    ALTER COLUMN tries DROP DEFAULT,
    ALTER COLUMN refused_because DROP DEFAULT;
"""
BACKWARDS = """
ALTER TABLE outbox_message ADD COLUMN report_id bigint;
UPDATE outbox_message m SET report_id = r.id FROM reports_weeklyreport r WHERE r.ref = m.ref;
ALTER TABLE outbox_message
    DROP COLUMN kind, DROP COLUMN ref, DROP COLUMN due_at, DROP COLUMN tries,
    DROP COLUMN refused_because, DROP COLUMN given_up_at,
    ALTER COLUMN report_id SET NOT NULL,
    ADD CONSTRAINT officer_is_told_of_a_report_once UNIQUE (report_id, user_id);
CREATE INDEX reports_notice_report_id ON outbox_message (report_id);
ALTER TABLE outbox_message ADD CONSTRAINT reports_notice_report_id_fk
    FOREIGN KEY (report_id) REFERENCES reports_weeklyreport (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX notice_to_send ON outbox_message (made_at) WHERE sent_at IS NULL;
ALTER TABLE outbox_message RENAME TO reports_notice;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ('reports', '0003_notices_to_outbox'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20)),
                        ('ref', models.CharField(max_length=11)),
                        ('made_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('refused_because', models.TextField(blank=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('given_up_at', models.DateTimeField(blank=True, null=True)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('made_at', 'pk'),
                    },
                ),
            ],
            database_operations=[migrations.RunSQL(FORWARDS, BACKWARDS)],
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('given_up_at__isnull', True), ('sent_at__isnull', True)), fields=['due_at'], name='message_to_send'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('kind', 'ref', 'user'), name='person_gets_a_message_about_a_thing_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('ref__regex', '^[2-9A-HJKMNP-RT-Z]{3}(-[2-9A-HJKMNP-RT-Z]{3}){2}$')), name='message_carries_a_reference_and_no_words'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), models.Q(('given_up_at__isnull', True), ('refused_because', '')), _connector='OR'), name='message_that_was_sent_is_not_refused'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('given_up_at__isnull', True), models.Q(('refused_because', ''), _negated=True), _connector='OR'), name='message_that_is_given_up_says_why'),
        ),
    ]
