"""What lists show, taken over from `intake`: the table is renamed, with its rows and triggers.

What merges moved of it, kept so that it can be taken back, is put under its new name.
"""
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


PART = """
update children_merge set moved = moved || jsonb_build_object(
    'intake', (select coalesce(jsonb_agg(change order by number), '[]')
        from jsonb_array_elements(moved -> 'intake') with ordinality moves (change, number)
        where change ->> 'table' <> 'intake.finding'),
    'lists', (select coalesce(
            jsonb_agg(change || '{"table": "lists.finding"}' order by number), '[]')
        from jsonb_array_elements(moved -> 'intake') with ordinality moves (change, number)
        where change ->> 'table' = 'intake.finding')
) where moved ? 'intake'
"""
JOIN = """
update children_merge set moved = moved - 'lists' || jsonb_build_object(
    'intake', (moved -> 'intake') || (select coalesce(
            jsonb_agg(change || '{"table": "intake.finding"}' order by number), '[]')
        from jsonb_array_elements(moved -> 'lists') with ordinality moves (change, number))
) where moved ? 'lists'
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('cases', '0009_doubts_and_since_when'),
        ('children', '0017_keys_of_all_letters'),
        ('intake', '0016_findings_to_lists'),
        ('schools', '0002_audit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Finding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=14)),
                        ('because', models.TextField()),
                        ('found_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, max_length=7)),
                        ('way', models.CharField(blank=True, max_length=20)),
                        ('facts', models.JSONField(blank=True, default=dict)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_why', models.TextField(blank=True)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                        ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='children.child')),
                        ('maybe_row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intake.row')),
                        ('row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.row')),
                        ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                        ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='intake.transfer')),
                    ],
                    options={
                        'ordering': ('found_at', 'pk'),
                        'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True), ('withdrawn_at__isnull', True)), fields=['found_at'], name='waiting_finding')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['vanished', 'never_arrived', 'on_two', 'on_none'])), name='finding_is_of_a_known_kind'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answer__in', ['known', 'missing']), ('answered_at__isnull', False)), _connector='OR'), name='finding_is_answered_at_a_moment'), models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('child', 'kind', 'school'), name='finding_waits_once_for_each_child_and_school', nulls_distinct=False)],
                    },
                ),
            ],
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE intake_finding RENAME TO lists_finding",
                    "ALTER TABLE lists_finding RENAME TO intake_finding",
                ),
            ],
        ),
        migrations.RunSQL(PART, JOIN),
    ]
