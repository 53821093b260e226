"""Referrals, the children they are about, and what happened to each. What was said stays."""

import django.db.models.deletion
import onroll.rules.references
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0010_clocks_leave'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=onroll.rules.references.speakable, max_length=11, unique=True)),
                ('sent_at', models.DateTimeField()),
                ('relation', models.CharField(max_length=14)),
                ('referrer_name', models.CharField(blank=True, max_length=120)),
                ('referrer_contact', models.CharField(blank=True, max_length=200)),
                ('worry', models.TextField()),
                ('is_urgent', models.BooleanField(default=False)),
                ('urgent_why', models.TextField(blank=True)),
                ('stage', models.CharField(default='contact', max_length=12)),
                ('decision', models.CharField(blank=True, max_length=12)),
                ('decided_why', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('sent_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ReferralStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=120)),
                ('why', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='referrals.referral')),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ReferredChild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('forename', models.CharField(blank=True, max_length=80)),
                ('surname', models.CharField(blank=True, max_length=80)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('home', models.CharField(blank=True, max_length=400)),
                ('school_words', models.CharField(blank=True, max_length=200)),
                ('last_seen', models.CharField(blank=True, max_length=400)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='children', to='referrals.referral')),
            ],
            options={
                'ordering': ('referral', 'number'),
            },
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['stage', 'sent_at'], name='referral_by_stage'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['contact', 'screening', 'handed_over', 'accepted', 'closed'])), name='referral_is_at_a_known_stage'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['neighbour', 'relative', 'parent', 'professional', 'somebody_else', 'not_said'])), name='referral_says_who_refers_or_that_they_did_not_say'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('worry', ''), _negated=True), name='referral_says_what_worries'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_urgent', False), ('urgent_why', '')), models.Q(('is_urgent', True), models.Q(('urgent_why', ''), _negated=True)), _connector='OR'), name='referral_is_urgent_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decided_why', ''), ('decision', ''), ('stage__in', ('contact', 'screening'))), models.Q(models.Q(('stage__in', ('contact', 'screening')), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), ('decision__in', ['lead_officer', 'open_case', 'advice', 'no_action']), models.Q(('decided_why', ''), _negated=True)), _connector='OR'), name='referral_leaves_the_hub_by_somebodys_decision_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'lead_officer'), ('stage', 'accepted'), ('accepted_at__isnull', False), ('accepted_by__isnull', False)), models.Q(models.Q(('stage', 'accepted'), _negated=True), ('accepted_at__isnull', True), ('accepted_by__isnull', True)), _connector='OR'), name='referral_is_accepted_by_a_named_person'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'closed'), _negated=True), models.Q(('decision', 'lead_officer'), _negated=True), _connector='OR'), name='referral_to_the_lead_officer_ends_accepted_only'),
        ),
        migrations.AddConstraint(
            model_name='referredchild',
            constraint=models.UniqueConstraint(fields=('referral', 'number'), name='referred_child_has_one_number'),
        ),
        migrations.AddConstraint(
            model_name='referredchild',
            constraint=models.CheckConstraint(condition=models.Q(('forename', ''), ('home', ''), ('school_words', ''), ('surname', ''), _negated=True), name='referred_child_has_a_name_or_a_place'),
        ),
        AuditTable("referrals_referral"),
        AuditTable("referrals_referredchild", through=("case_id", "cases_case", "child_id")),
        AuditTable("referrals_referralstep"),
        OnlyAdded(
            "referrals_referral",
            keeps=(
                "ref", "sent_at", "made_by_id", "relation", "referrer_name", "referrer_contact",
                "worry",
            ),
        ),
        OnlyAdded("referrals_referredchild", may_change=("case_id",)),
        OnlyAdded("referrals_referralstep"),
    ]
