"""Private links to referrals, what was added to them, and who was told of each step."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_clocks_leave'),
        ('documents', '0002_scan'),
        ('referrals', '0002_quarantine'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HomeEducationReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concerns', models.JSONField()),
                ('is_for_hub', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField(blank=True, null=True)),
                ('received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='home_education_report', to='referrals.referral')),
            ],
            options={
                'ordering': ('at', 'pk'),
                'indexes': [models.Index(condition=models.Q(('received_at__isnull', True)), fields=['at'], name='report_to_receive')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('received_at__isnull', True), ('received_by__isnull', True)), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='report_of_home_education_is_received_by_a_named_person')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('happening', models.CharField(max_length=8)),
                ('audience', models.CharField(max_length=8)),
                ('channel', models.CharField(max_length=11)),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('read_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='referrals.referral')),
            ],
            options={
                'ordering': ('at', 'pk'),
                'indexes': [models.Index(condition=models.Q(('channel', 'on_screen'), ('read_at__isnull', True)), fields=['audience', 'referral'], name='unread_notification')],
                'constraints': [models.CheckConstraint(condition=models.Q(('happening__in', ['received', 'update', 'decided', 'accepted', 'closed'])), name='notification_is_of_a_known_step'), models.CheckConstraint(condition=models.Q(('audience__in', ['referrer', 'school', 'family', 'hub', 'officer'])), name='notification_is_to_a_known_audience'), models.CheckConstraint(condition=models.Q(('channel__in', ['status_page', 'email_link', 'school_page', 'on_screen', 'telephone', 'letter', 'in_person', 'not_told'])), name='notification_goes_a_known_way'), models.CheckConstraint(condition=models.Q(('channel', 'not_told'), ('why', ''), _negated=True), name='notification_that_was_not_given_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), ('channel__in', ['status_page', 'email_link', 'school_page', 'on_screen'])), models.Q(models.Q(('channel__in', ['status_page', 'email_link', 'school_page', 'on_screen']), _negated=True), ('by__isnull', False)), _connector='OR'), name='notification_is_onrolls_or_somebodys'), models.CheckConstraint(condition=models.Q(models.Q(('audience__in', ('hub', 'officer')), ('channel', 'on_screen')), models.Q(('channel', 'on_screen'), _negated=True), _connector='OR'), name='notification_on_screen_is_for_hub_or_officer'), models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('read_by__isnull', True)), models.Q(('channel', 'on_screen'), ('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='notification_on_screen_is_read_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ReferralUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True)),
                ('document_name', models.CharField(blank=True, max_length=255)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='referrals.referral')),
            ],
            options={
                'ordering': ('-at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('document__isnull', True), ('text', ''), _negated=True), name='update_has_words_or_a_document'), models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', True), ('document_name', '')), models.Q(('document__isnull', False), models.Q(('document_name', ''), _negated=True)), _connector='OR'), name='update_names_its_document')],
            },
        ),
        migrations.CreateModel(
            name='StatusLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='referrals.referral')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='link_is_kept_as_a_hash')],
            },
        ),
        AuditTable("referrals_homeeducationreport"),
        AuditTable("referrals_notification"),
        AuditTable("referrals_referralupdate"),
        AuditTable("referrals_statuslink"),
        OnlyAdded("referrals_notification", may_change=("read_at", "read_by_id")),
        OnlyAdded("referrals_referralupdate"),
        OnlyAdded("referrals_statuslink"),
        OnlyAdded(
            "referrals_homeeducationreport", may_change=("received_at", "received_by_id")
        ),
    ]
