"""What the hub decides stands of each child, not of a whole referral; and who is told when it waits.

Decisions, acceptances and the clocks of hand-overs move from the referral to each of its children.
"""

from typing import Any

import django.db.models.deletion
import onroll.rules.references
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable
from onroll.rules.references import speakable

DECIDED = """
SELECT child.id, referral.decision, referral.decided_why, referral.decided_by_id,
    referral.decided_at, coalesce(referral.accepted_by_id, step.by_id),
    coalesce(referral.accepted_at, step.at)
FROM referrals_referral referral
JOIN referrals_referredchild child ON child.referral_id = referral.id
LEFT JOIN cases_case c ON c.id = child.case_id AND referral.decision = 'lead_officer'
LEFT JOIN LATERAL (
    SELECT by_id, at FROM referrals_referralstep
    WHERE referral_id = referral.id AND starts_with(what, 'Accepted as case ' || c.ref)
    ORDER BY at LIMIT 1
) step ON true
WHERE referral.decision <> ''
"""
MADE = """
INSERT INTO referrals_hubdecision (
    ref, entry_id, decision, why, by_id, at, accepted_by_id, accepted_at, passed_how, risk,
    greater_risks, call_with, social_worker, police_by, police_reference, police_why_not,
    receipt_name, came_of, turned_back_why
) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '', '', '[]', '', '', '', '', '', '', '', '')
"""
CLOCKS = """
INSERT INTO clocks_deadline (
    subject, subject_id, child_id, clock, starts_on, due_on, met_on, ended_on, ended_why
)
SELECT 'hubdecision', decision.id, NULL, clock.clock, clock.starts_on, clock.due_on, clock.met_on,
    clock.ended_on, clock.ended_why
FROM clocks_deadline clock
JOIN referrals_referredchild child ON child.referral_id = clock.subject_id
JOIN referrals_hubdecision decision ON decision.entry_id = child.id
WHERE clock.subject = 'referral' AND clock.clock = 'referral_acceptance_1'
"""
OLD_CLOCKS = """
DELETE FROM clocks_deadline WHERE subject = 'referral' AND clock = 'referral_acceptance_1'
"""
BACK = """
UPDATE referrals_referral referral SET decision = d.decision, decided_why = d.why,
    decided_by_id = d.by_id, decided_at = d.at,
    accepted_by_id = CASE WHEN referral.stage = 'accepted' THEN d.accepted_by_id END,
    accepted_at = CASE WHEN referral.stage = 'accepted' THEN d.accepted_at END
FROM referrals_hubdecision d JOIN referrals_referredchild child ON child.id = d.entry_id
WHERE child.referral_id = referral.id AND d.turned_back_at IS NULL
    AND referral.stage NOT IN ('quarantine', 'contact', 'screening')
"""
CLOCKS_BACK = """
INSERT INTO clocks_deadline (
    subject, subject_id, child_id, clock, starts_on, due_on, met_on, ended_on, ended_why
)
SELECT DISTINCT ON (child.referral_id, clock.starts_on) 'referral', child.referral_id,
    NULL::bigint, 'referral_acceptance_1', clock.starts_on, clock.due_on, clock.met_on,
    clock.ended_on, clock.ended_why
FROM clocks_deadline clock
JOIN referrals_hubdecision decision ON decision.id = clock.subject_id
JOIN referrals_referredchild child ON child.id = decision.entry_id
WHERE clock.subject = 'hubdecision' AND clock.clock LIKE 'referral_acceptance%'
ORDER BY child.referral_id, clock.starts_on, clock.id DESC
"""
NEWER = """
SELECT count(*) FROM referrals_hubdecision
WHERE decision NOT IN ('lead_officer', 'open_case', 'advice', 'no_action') OR by_id IS NULL
"""


def move(apps: Any, schema_editor: Any) -> None:
    """Give each child of a decided referral its decision, and each hand-over its clock."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(DECIDED)
        for entry, *decision in cursor.fetchall():
            cursor.execute(MADE, [speakable(), entry, *decision])
        cursor.execute(CLOCKS)
        cursor.execute(OLD_CLOCKS)
        cursor.execute('SET CONSTRAINTS ALL IMMEDIATE')


def give_back(apps: Any, schema_editor: Any) -> None:
    """Give each referral the decision about its children; refuse where an old one has no words."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(NEWER)
        (number,) = cursor.fetchone()
        if number:
            raise ValueError(f'{number} decisions are of kinds that the older service has not.')
        cursor.execute(BACK)
        cursor.execute(CLOCKS_BACK)
        cursor.execute('DELETE FROM referrals_escalation')
        cursor.execute("DELETE FROM clocks_deadline WHERE subject = 'hubdecision'")
        cursor.execute('SET CONSTRAINTS ALL IMMEDIATE')


class Migration(migrations.Migration):

    dependencies = [
        ('clocks', '0003_due_at'),
        ('referrals', '0005_start_records'),
        ('schools', '0002_audit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_is_at_a_known_stage',
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_leaves_the_hub_by_somebodys_decision_for_a_reason',
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_is_accepted_by_a_named_person',
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_to_the_lead_officer_ends_accepted_only',
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.CharField(max_length=7)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='HubDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=onroll.rules.references.speakable, max_length=11, unique=True)),
                ('decision', models.CharField(max_length=15)),
                ('why', models.TextField()),
                ('at', models.DateTimeField()),
                ('passed_how', models.TextField(blank=True)),
                ('is_whereabouts_known', models.BooleanField(blank=True, null=True)),
                ('risk', models.CharField(blank=True, max_length=8)),
                ('greater_risks', models.JSONField(blank=True, default=list)),
                ('is_serious', models.BooleanField(blank=True, null=True)),
                ('call_with', models.CharField(blank=True, max_length=120)),
                ('call_at', models.DateTimeField(blank=True, null=True)),
                ('has_social_worker', models.BooleanField(blank=True, null=True)),
                ('social_worker', models.CharField(blank=True, max_length=120)),
                ('social_worker_on', models.DateField(blank=True, null=True)),
                ('police_by', models.CharField(blank=True, max_length=120)),
                ('police_reference', models.CharField(blank=True, max_length=60)),
                ('police_why_not', models.TextField(blank=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('receipt_name', models.CharField(blank=True, max_length=120)),
                ('receipt_on', models.DateField(blank=True, null=True)),
                ('came_of', models.TextField(blank=True)),
                ('turned_back_at', models.DateTimeField(blank=True, null=True)),
                ('turned_back_why', models.TextField(blank=True)),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='escalation',
            name='deadline',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clocks.deadline'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='referrals.referral'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='to',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hubdecision',
            name='accepted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hubdecision',
            name='authority',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.authority'),
        ),
        migrations.AddField(
            model_name='hubdecision',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hubdecision',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='referrals.referredchild'),
        ),
        migrations.AddField(
            model_name='hubdecision',
            name='receipt_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hubdecision',
            name='turned_back_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(move, give_back),
        migrations.RemoveField(
            model_name='referral',
            name='accepted_at',
        ),
        migrations.RemoveField(
            model_name='referral',
            name='accepted_by',
        ),
        migrations.RemoveField(
            model_name='referral',
            name='decided_by',
        ),
        migrations.RemoveField(
            model_name='referral',
            name='decided_why',
        ),
        migrations.RemoveField(
            model_name='referral',
            name='decision',
        ),
        migrations.AddField(
            model_name='referral',
            name='grade',
            field=models.CharField(blank=True, max_length=5),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['quarantine', 'contact', 'screening', 'handed_over', 'sent_on', 'accepted', 'closed'])), name='referral_is_at_a_known_stage'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('grade__in', ['', 'red', 'amber', 'green'])), name='referral_has_a_grade_or_none'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('stage__in', ('quarantine', 'contact', 'screening'))), models.Q(models.Q(('stage__in', ('quarantine', 'contact', 'screening')), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='referral_leaves_the_hub_when_all_is_decided'),
        ),
        migrations.AddIndex(
            model_name='escalation',
            index=models.Index(fields=['to'], name='escalation_by_person'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(fields=('deadline', 'rank', 'to'), name='person_is_passed_a_thing_on_once'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(('rank__in', ['deputy', 'manager'])), name='escalation_is_to_a_deputy_or_a_manager'),
        ),
        migrations.AddIndex(
            model_name='hubdecision',
            index=models.Index(fields=['decision', 'at'], name='hub_decision_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='hubdecision',
            constraint=models.UniqueConstraint(condition=models.Q(('turned_back_at__isnull', True)), fields=('entry',), name='child_has_one_decision_that_stands'),
        ),
        migrations.AddConstraint(
            model_name='hubdecision',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['lead_officer', 'social_care', 'attendance', 'home_education', 'other_authority', 'open_case', 'early_help', 'advice', 'no_action'])), name='hub_decision_is_one_of_the_list'),
        ),
        migrations.AddConstraint(
            model_name='hubdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('by__isnull', False), ('decision', 'open_case'), _connector='OR')), name='hub_decision_is_by_somebody_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='hubdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False), ('decision__in', ('lead_officer', 'open_case')), ('turned_back_at__isnull', True)), _connector='OR'), name='hand_over_is_accepted_by_a_named_person'),
        ),
        migrations.AddConstraint(
            model_name='hubdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('receipt_by__isnull', True), ('receipt_name', ''), ('receipt_on__isnull', True)), models.Q(('decision__in', ('social_care', 'attendance', 'home_education', 'other_authority', 'early_help')), ('receipt_by__isnull', False), ('receipt_on__isnull', False), models.Q(('receipt_name', ''), _negated=True)), _connector='OR'), name='receipt_has_a_name_and_a_day'),
        ),
        migrations.AddConstraint(
            model_name='hubdecision',
            constraint=models.CheckConstraint(condition=models.Q(('came_of', ''), models.Q(('decision', 'attendance'), ('receipt_on__isnull', False)), _connector='OR'), name='what_came_of_it_is_of_attendance_that_was_received'),
        ),
        migrations.AddConstraint(
            model_name='hubdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('turned_back_at__isnull', True), ('turned_back_why', ''), ('turned_back_by__isnull', True)), models.Q(('turned_back_at__gte', models.F('at')), ('turned_back_by__isnull', False), models.Q(('turned_back_why', ''), _negated=True)), _connector='OR'), name='hand_over_goes_back_by_somebody_for_a_reason'),
        ),
        AuditTable("referrals_hubdecision"),
        AuditTable("referrals_escalation"),
        OnlyAdded(
            "referrals_hubdecision",
            keeps=(
                "ref", "entry_id", "decision", "why", "by_id", "at", "authority_id", "passed_how",
                "is_whereabouts_known", "risk", "greater_risks", "is_serious", "call_with",
                "call_at", "has_social_worker", "social_worker", "social_worker_on", "police_by",
                "police_reference", "police_why_not",
            ),
        ),
        OnlyAdded("referrals_escalation"),
    ]
