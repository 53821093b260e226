"""The level of risk that an officer sets, and since when a grave referral is on a case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0016_warnings_and_police'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='grave_referral_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='RiskChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(max_length=8)),
                ('by_facts', models.CharField(max_length=8)),
                ('why', models.TextField()),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risk_choices', to='cases.case')),
            ],
            options={
                'ordering': ('-at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case',), name='risk_choice_of_a_case_is_one'), models.CheckConstraint(condition=models.Q(('level__in', ['high', 'medium', 'low']), models.Q(('why', ''), _negated=True)), name='risk_choice_is_a_level_with_a_reason')],
            },
        ),
        AuditTable("cases_riskchoice", through=("case_id", "cases_case", "child_id")),
        OnlyAdded("cases_riskchoice", may_change=("ended_at",)),
    ]
