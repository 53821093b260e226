"""The clocks of cases become clocks of any subject: each row is told what it runs on.

A clock that nobody met, but that stopped with its case or because it asked nothing any more, was
kept as met. It is now told by the chronology: no entry says that someone did it.
"""

import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from onroll.audit.operations import AuditTable
from onroll.rules.clocks import clock_on

FILL = """
UPDATE clocks_deadline clock SET subject_id = clock.case_id, child_id = c.child_id
FROM cases_case c WHERE c.id = clock.case_id
"""

# A clock is done where somebody marked it so or answered it; an officer's first move of a case
# does for the first look at it.
WHY_ENDED = """
UPDATE clocks_deadline clock SET ended_on = clock.met_on, met_on = NULL, ended_why = CASE
    WHEN clock.place_id IS NOT NULL AND clock.met_on IS DISTINCT FROM c.closed_on THEN 'place_over'
    WHEN clock.clock IN ('still_there', 'believed_review', 'untraced_review')
        AND clock.met_on IS DISTINCT FROM c.closed_on THEN 'not_asked'
    WHEN c.outcome = 'same_child' AND clock.met_on = c.closed_on THEN 'merged'
    ELSE 'case_closed' END
FROM cases_case c
WHERE c.id = clock.case_id AND clock.met_on IS NOT NULL
AND (
    clock.met_on = c.closed_on
    OR clock.place_id IS NOT NULL
    OR clock.clock IN ('still_there', 'believed_review', 'untraced_review')
)
AND clock.id <> ALL (%s)
"""

MERGES = "SELECT id, moved FROM children_merge WHERE moved IS NOT NULL"


def done(apps: Any) -> list[int]:
    """Return the clocks of which the chronology says that someone did what they waited for."""
    Step, Deadline = apps.get_model('cases', 'Step'), apps.get_model('clocks', 'Deadline')
    deeds: dict[int, set[str]] = {}
    for case, what, by in Step.objects.values_list('case_id', 'what', 'by_id'):
        deeds.setdefault(case, set()).add(what)
        if by is not None and what in MOVES:
            deeds[case].add('triage_1')
    found = []
    for deadline in Deadline.objects.filter(met_on__isnull=False):
        title = clock_on(deadline.clock, on=deadline.starts_on).title
        words = {f'Done: {title}'[:120], f'{title} Yes'[:120], f'{title} No'[:120]}
        if deadline.clock == 'triage_1':
            words.add('triage_1')
        if words & deeds.get(deadline.case_id, set()):
            found.append(deadline.pk)
    return found


MOVES = {
    'Start enquiries',
    'Child found',
    'Child lost again',
    'Not traced: go over to reviews',
    'Take enquiries up again',
}


def fill(apps: Any, schema_editor: Any) -> None:
    """Say of each clock what it runs on and of which child, and why it stopped if nobody met it."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FILL)
        cursor.execute(WHY_ENDED, [done(apps)])
        rename_in_merges(cursor, {'cases.deadline': 'clocks.deadline'}, ended=True)
        cursor.execute('SET CONSTRAINTS ALL IMMEDIATE')


def give_back(apps: Any, schema_editor: Any) -> None:
    """Give each clock its case again; a clock of anything else cannot stay."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM clocks_deadlinechange WHERE deadline_id IN "
            "(SELECT id FROM clocks_deadline WHERE subject <> 'case')"
        )
        cursor.execute("DELETE FROM clocks_deadline WHERE subject <> 'case'")
        cursor.execute(
            "UPDATE clocks_deadline SET case_id = subject_id, met_on = coalesce(met_on, ended_on), "
            "ended_on = NULL, ended_why = ''"
        )
        rename_in_merges(cursor, {'clocks.deadline': 'cases.deadline'}, ended=False)
        cursor.execute('SET CONSTRAINTS ALL IMMEDIATE')


def rename_in_merges(cursor: Any, names: dict[str, str], *, ended: bool) -> None:
    """Write the table's new name where a merge keeps what it changed, so that it can be undone."""
    cursor.execute(MERGES)
    for pk, moved in cursor.fetchall():
        moved = json.loads(moved) if isinstance(moved, str) else moved
        if not moved:
            continue
        for change in moved.get('cases', ()):
            if change.get('table') in names:
                change['table'] = names[change['table']]
                for side in ('was', 'now'):
                    if side in change:
                        change[side] = _columns(change[side], is_now=side == 'now', ended=ended)
        if ended:
            moved.setdefault('clocks', [])
        else:
            moved.pop('clocks', None)
        cursor.execute(
            'UPDATE children_merge SET moved = %s WHERE id = %s', [json.dumps(moved), pk]
        )


def _columns(values: dict[str, Any], *, is_now: bool, ended: bool) -> dict[str, Any]:
    """Return the day a merge ended a clock as the columns that hold it."""
    if ended and 'met_on' in values:
        return {'ended_on': values['met_on'], 'ended_why': 'merged' if is_now else ''}
    if not ended and 'ended_on' in values:
        return {'met_on': values['ended_on']}
    return values


class Migration(migrations.Migration):

    dependencies = [('clocks', '0001_from_cases')]

    operations = [
        migrations.RemoveIndex(model_name='deadline', name='running_clock_by_day'),
        migrations.RemoveIndex(model_name='deadline', name='clock_by_case'),
        migrations.RemoveConstraint(model_name='deadline', name='clock_runs_once_from_a_day'),
        migrations.AlterField(
            model_name='deadline',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='child',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='subject',
            field=models.CharField(default='case', max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='deadline',
            name='subject_id',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='deadline', name='ended_on', field=models.DateField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name='deadline',
            name='ended_why',
            field=models.CharField(blank=True, default='', max_length=16),
            preserve_default=False,
        ),
        migrations.RunPython(fill, give_back),
        migrations.AlterField(
            model_name='deadline', name='subject_id', field=models.PositiveBigIntegerField()
        ),
        AuditTable('clocks_deadline', child_column='child_id'),
        migrations.RemoveField(model_name='deadline', name='case'),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('ended_on__isnull', True), ('met_on__isnull', True)), fields=['due_on'], name='running_clock_by_day'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(fields=['subject', 'subject_id', 'due_on'], name='clock_by_subject'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.UniqueConstraint(fields=('subject', 'subject_id', 'clock', 'starts_on'), name='clock_runs_once_from_a_day'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('met_on__isnull', True), ('ended_on__isnull', True), _connector='OR'), name='clock_is_met_or_ended_and_not_both'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('ended_why', '')), models.Q(('ended_on__isnull', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='clock_that_ended_says_why'),
        ),
    ]
