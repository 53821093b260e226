"""Reviews of the greater risks of a missing child, which are only added to (policy p.5)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_clocks_leave'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RiskReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField()),
                ('told', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risk_reviews', to='cases.case')),
            ],
            options={
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['case', '-at'], name='risk_review_by_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('answers__has_keys', ['physical_harm', 'sexual_exploitation', 'crime', 'anti_social_behaviour', 'drugs_and_alcohol', 'trafficking', 'illegal_employment'])), name='risk_review_answers_each_risk')],
            },
        ),
        AuditTable("cases_riskreview", through=("case_id", "cases_case", "child_id")),
        OnlyAdded("cases_riskreview"),
    ]
