"""Corrections of what is on record of a child, and what is known of the child's background."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0010_other_authority'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_row', models.PositiveIntegerField(blank=True, null=True)),
                ('part', models.CharField(max_length=12)),
                ('basis', models.CharField(max_length=12)),
                ('remark', models.TextField(blank=True)),
                ('was', models.JSONField()),
                ('now', models.JSONField()),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='children.child')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.source')),
            ],
            options={
                'ordering': ('-pk',),
                'indexes': [models.Index(fields=['child', 'part'], name='correction_by_child')],
                'constraints': [models.CheckConstraint(condition=models.Q(('part__in', ['name', 'birth', 'numbers', 'home', 'groups', 'background'])), name='correction_is_of_a_known_part'), models.CheckConstraint(condition=models.Q(('basis__in', ['document', 'told', 'record', 'mistyped'])), name='correction_has_a_known_basis'), models.CheckConstraint(condition=models.Q(('was', models.F('now')), _negated=True), name='correction_changes_something_on_record')],
            },
        ),
        migrations.CreateModel(
            name='Detail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_row', models.PositiveIntegerField(blank=True, null=True)),
                ('kind', models.CharField(max_length=16)),
                ('value', models.CharField(blank=True, max_length=8)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='details', to='children.child')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.source')),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'kind'], name='detail_by_child')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['ethnicity', 'first_language', 'letters_language', 'interpreter', 'free_meals'])), name='detail_is_of_a_known_kind')],
            },
        ),
    ]
