"""All that a form of a referral asks: enquiries, risk, talks, groups and files, each with its place."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable

TOLD = (
    "referrals_referralenquiry",
    "referrals_referralrisk",
    "referrals_referraltalk",
    "referrals_referralgroup",
    "referrals_referralfile",
)


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0018_index_of_protected'),
        ('documents', '0002_scan'),
        ('referrals', '0003_links_updates_and_notifications'),
        ('schools', '0002_audit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReferralEnquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('step', models.CharField(max_length=20)),
                ('made_on', models.DateField()),
                ('made_at', models.CharField(blank=True, max_length=20)),
                ('made_by', models.CharField(blank=True, max_length=120)),
                ('asked_name', models.CharField(blank=True, max_length=200)),
                ('asked_contact', models.CharField(blank=True, max_length=200)),
                ('method', models.CharField(blank=True, max_length=10)),
                ('outcome', models.TextField()),
                ('evidence', models.TextField(blank=True)),
            ],
            options={
                'ordering': ('referral', 'number'),
            },
        ),
        migrations.CreateModel(
            name='ReferralFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ('referral', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ReferralGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=30)),
                ('said_by', models.CharField(max_length=120)),
                ('said_on', models.DateField()),
            ],
            options={
                'ordering': ('referral', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ReferralRisk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=24)),
                ('answer', models.CharField(max_length=8)),
                ('words', models.TextField(blank=True)),
            ],
            options={
                'ordering': ('referral', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ReferralTalk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lead', models.CharField(blank=True, max_length=120)),
                ('lead_contact', models.CharField(blank=True, max_length=200)),
                ('manager', models.CharField(blank=True, max_length=120)),
                ('talked_on', models.DateField(blank=True, null=True)),
                ('advice', models.TextField(blank=True)),
                ('exploitation_with', models.CharField(blank=True, max_length=200)),
                ('exploitation_on', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_says_who_refers_or_that_they_did_not_say',
        ),
        migrations.AddField(
            model_name='referral',
            name='answers',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name='referral',
            name='channel',
            field=models.CharField(blank=True, db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='referral',
            name='depth',
            field=models.CharField(db_default='anyone', default='anyone', max_length=12),
        ),
        migrations.AddField(
            model_name='referral',
            name='missing',
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.AddField(
            model_name='referral',
            name='missing_why',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='referral',
            name='school',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school'),
        ),
        migrations.AddField(
            model_name='referral',
            name='taken_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=120),
        ),
        migrations.AddField(
            model_name='referral',
            name='typed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referredchild',
            name='postcode',
            field=models.CharField(blank=True, db_default='', default='', max_length=8),
        ),
        migrations.AddField(
            model_name='referredchild',
            name='record',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child'),
        ),
        migrations.AddField(
            model_name='referredchild',
            name='upn',
            field=models.CharField(blank=True, db_default='', default='', max_length=13),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['neighbour', 'relative', 'parent', 'professional', 'school', 'council', 'somebody_else', 'not_said'])), name='referral_says_who_refers_or_that_they_did_not_say'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', ''), ('taken_by', ''), ('typed_at__isnull', True)), models.Q(models.Q(('channel', ''), _negated=True), models.Q(('taken_by', ''), _negated=True), ('typed_at__isnull', False)), _connector='OR'), name='referral_typed_in_says_how_it_came_and_who_took_it'),
        ),
        migrations.AddField(
            model_name='referralenquiry',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='referrals.referral'),
        ),
        migrations.AddField(
            model_name='referralfile',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document'),
        ),
        migrations.AddField(
            model_name='referralfile',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='referrals.referral'),
        ),
        migrations.AddField(
            model_name='referralgroup',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='referrals.referral'),
        ),
        migrations.AddField(
            model_name='referralrisk',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='referrals.referral'),
        ),
        migrations.AddField(
            model_name='referraltalk',
            name='referral',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='talk', to='referrals.referral'),
        ),
        migrations.AddConstraint(
            model_name='referralenquiry',
            constraint=models.UniqueConstraint(fields=('referral', 'number'), name='enquiry_of_a_referral_has_one_number'),
        ),
        migrations.AddConstraint(
            model_name='referralenquiry',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['first_day_call', 'all_contacts', 'staff', 'friends', 'sibling_schools', 'agencies_involved', 'letter', 'home_visit', 'neighbours', 'open_sources', 's2s', 'safeguarding_lead', 'education_records', 'census', 'admissions', 'sen', 'early_support', 'social_care', 'virtual_school', 'youth_offending', 'housing', 'council_tax', 'health', 'police', 'refuges', 'hmrc', 'border', 'giap', 'former_authority', 'next_authority', 'home_authority', 'forces', 'abroad'])), name='enquiry_is_a_known_step'),
        ),
        migrations.AddConstraint(
            model_name='referralenquiry',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', ''), _negated=True), name='enquiry_says_what_came_of_it'),
        ),
        migrations.AddConstraint(
            model_name='referralgroup',
            constraint=models.UniqueConstraint(fields=('referral', 'group'), name='group_is_named_once_in_a_referral'),
        ),
        migrations.AddConstraint(
            model_name='referralgroup',
            constraint=models.CheckConstraint(condition=models.Q(('group__in', ['harm_or_neglect', 'gypsy_roma_traveller', 'service_family', 'missing_or_runaway', 'youth_justice', 'ceased_to_attend', 'new_migrant', 'looked_after', 'child_protection', 'sexual_exploitation', 'unlawful_practices', 'long_term_health', 'bullied', 'domestic_abuse', 'homeless', 'mobile_family', 'parent_ill', 'crime', 'young_carer', 'teenage_parent', 'excluded_or_not_attending', 'alternative_provision', 'unmet_sen'])), name='group_of_a_referral_is_known'),
        ),
        migrations.AddConstraint(
            model_name='referralgroup',
            constraint=models.CheckConstraint(condition=models.Q(('said_by', ''), _negated=True), name='group_of_a_referral_is_by_somebodys_word'),
        ),
        migrations.AddConstraint(
            model_name='referralrisk',
            constraint=models.UniqueConstraint(fields=('referral', 'question'), name='question_of_risk_is_answered_once'),
        ),
        migrations.AddConstraint(
            model_name='referralrisk',
            constraint=models.CheckConstraint(condition=models.Q(('question__in', ['known_to_safeguarding', 'looked_after', 'plan_or_need', 'current_concerns', 'past_concerns', 'early_support', 'mobile_family', 'poor_attendance', 'attendance_proceedings', 'immigration', 'concerning_adults', 'risky_associates', 'sexual_exploitation', 'taken_abroad', 'young_carer', 'domestic_abuse', 'parental_health', 'unusual', 'religious_or_cultural', 'ehcp_assessment', 'radicalisation'])), name='question_of_risk_is_one_of_the_21'),
        ),
        migrations.AddConstraint(
            model_name='referralrisk',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['yes', 'no', 'not_sure'])), name='question_of_risk_is_answered_yes_no_or_not_sure'),
        ),
        migrations.AddConstraint(
            model_name='referraltalk',
            constraint=models.CheckConstraint(condition=models.Q(('talked_on__isnull', True), models.Q(models.Q(('lead', ''), _negated=True), models.Q(('manager', ''), _negated=True)), _connector='OR'), name='talk_about_risk_names_lead_and_manager'),
        ),
        migrations.AddConstraint(
            model_name='referraltalk',
            constraint=models.CheckConstraint(condition=models.Q(('exploitation_on__isnull', True), models.Q(('exploitation_with', ''), _negated=True), _connector='OR'), name='talk_about_exploitation_names_who_was_asked'),
        ),
        *(AuditTable(table) for table in TOLD),
        *(OnlyAdded(table) for table in TOLD),
        OnlyAdded(
            "referrals_referral",
            keeps=(
                "ref", "sent_at", "made_by_id", "relation", "referrer_name", "referrer_contact",
                "worry", "depth", "school_id", "answers", "missing", "missing_why", "channel",
                "taken_by", "typed_at",
            ),
        ),
    ]
