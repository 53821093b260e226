"""The tables of clocks are taken over from cases: renamed, with their rows and triggers."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.operations import AuditTable

RENAMED = (
    ('TABLE', 'cases_deadline', 'clocks_deadline'),
    ('TABLE', 'cases_deadlinechange', 'clocks_deadlinechange'),
    ('SEQUENCE', 'cases_deadline_id_seq', 'clocks_deadline_id_seq'),
    ('SEQUENCE', 'cases_deadlinechange_id_seq', 'clocks_deadlinechange_id_seq'),
    ('INDEX', 'cases_deadline_pkey', 'clocks_deadline_pkey'),
    ('INDEX', 'cases_deadlinechange_pkey', 'clocks_deadlinechange_pkey'),
)

def old_triggers(apps: Any, schema_editor: Any) -> None:
    """Record changes of the table under its old name again."""
    for statement in AuditTable(
        'cases_deadline', through=('case_id', 'cases_case', 'child_id')
    ).statements():
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_doubts_and_since_when'),
        ('children', '0017_keys_of_all_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, old_triggers),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f'ALTER {kind} {old} RENAME TO {new}', f'ALTER {kind} {new} RENAME TO {old}'
                )
                for kind, old, new in RENAMED
            ],
            state_operations=[
                migrations.CreateModel(
                    name='Deadline',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('clock', models.CharField(max_length=40)),
                        ('starts_on', models.DateField()),
                        ('due_on', models.DateField()),
                        ('met_on', models.DateField(blank=True, null=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                        ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='children.place')),
                    ],
                    options={
                        'ordering': ('due_on', 'pk'),
                        'indexes': [
                            models.Index(fields=['due_on'], condition=models.Q(('met_on__isnull', True)), name='running_clock_by_day'),
                            models.Index(fields=['case', 'due_on'], name='clock_by_case'),
                        ],
                        'constraints': [
                            models.UniqueConstraint(fields=('case', 'clock', 'starts_on'), name='clock_runs_once_from_a_day'),
                            models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('starts_on'))), name='clock_is_due_after_it_starts'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='DeadlineChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('was_on', models.DateField()),
                        ('now_on', models.DateField()),
                        ('why', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='clocks.deadline')),
                    ],
                    options={'ordering': ('at',)},
                ),
            ],
        ),
    ]
