"""Reviews of a case by the manager, and questions to the manager; who was told of a risk, and when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0017_level_of_risk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='riskreview',
            name='told_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='riskreview',
            name='told_why_not',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='riskreview',
            name='work_told',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='riskreview',
            name='work_told_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='riskreview',
            name='work_told_why_not',
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name='CaseReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('level', models.CharField(max_length=8)),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('whereabouts', models.TextField(blank=True)),
                ('done', models.TextField(blank=True)),
                ('decisions', models.TextField(blank=True)),
                ('next_on', models.DateField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='manager_reviews', to='cases.case')),
                ('risks', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.riskreview')),
            ],
            options={
                'ordering': ('-starts_on', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('at__isnull', True)), fields=('case',), name='manager_review_waits_once'), models.CheckConstraint(condition=models.Q(models.Q(('at__isnull', True), ('by__isnull', True), ('risks__isnull', True), ('decisions', ''), ('done', ''), ('next_on__isnull', True), ('whereabouts', '')), models.Q(('at__isnull', False), ('by__isnull', False), ('risks__isnull', False), ('next_on__isnull', False), models.Q(('whereabouts', ''), _negated=True), models.Q(('done', ''), _negated=True), models.Q(('decisions', ''), _negated=True)), _connector='OR'), name='manager_review_is_held_whole'), models.CheckConstraint(condition=models.Q(('level__in', ['high', 'medium', 'low'])), name='manager_review_is_of_a_level')],
            },
        ),
        migrations.CreateModel(
            name='ManagerQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('decision', models.TextField(blank=True)),
                ('why', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='manager_questions', to='cases.case')),
                ('read_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['case', '-at'], name='manager_question_by_case'), models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['at'], name='manager_question_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('decision', ''), ('why', '')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('decision', ''), _negated=True), models.Q(('why', ''), _negated=True)), _connector='OR'), name='manager_question_is_answered_with_a_decision_and_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('read_by__isnull', True)), models.Q(('answered_at__isnull', False), ('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='manager_answer_is_read_by_someone'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='manager_question_asks_something')],
            },
        ),
        AuditTable("cases_casereview", through=("case_id", "cases_case", "child_id")),
        OnlyAdded(
            "cases_casereview",
            may_change=(
                *("level", "at", "by_id", "whereabouts", "done", "decisions", "next_on"),
                "risks_id",
            ),
        ),
        AuditTable("cases_managerquestion", through=("case_id", "cases_case", "child_id")),
        OnlyAdded(
            "cases_managerquestion",
            may_change=(
                *("decision", "why", "answered_at", "answered_by_id", "read_at", "read_by_id"),
            ),
        ),
    ]
