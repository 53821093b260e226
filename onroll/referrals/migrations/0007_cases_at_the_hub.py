"""Referrals about open cases: which case a child certainly has, and cases that go to the hub."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_clocks_leave'),
        ('referrals', '0006_hub_decisions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HubNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('is_told', models.BooleanField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_says_who_refers_or_that_they_did_not_say',
        ),
        migrations.AddField(
            model_name='referral',
            name='from_case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='referredchild',
            name='known_case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['neighbour', 'relative', 'parent', 'professional', 'school', 'council', 'somebody_else', 'not_said', 'case_worker'])), name='referral_says_who_refers_or_that_they_did_not_say'),
        ),
        migrations.AddField(
            model_name='hubnotice',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='hubnotice',
            name='read_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='hubnotice',
            index=models.Index(condition=models.Q(('is_told', True), ('read_at__isnull', True)), fields=['at'], name='unread_notice'),
        ),
        migrations.AddConstraint(
            model_name='hubnotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('read_by__isnull', True)), models.Q(('is_told', True), ('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='hub_notice_is_read_by_somebody'),
        ),
        AuditTable("referrals_hubnotice", through=("case_id", "cases_case", "child_id")),
    ]
