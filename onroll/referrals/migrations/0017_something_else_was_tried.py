"""Something that stands in no list was tried, and words say what."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0016_another_team_has_it'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='referralenquiry',
            name='enquiry_is_a_known_step',
        ),
        migrations.AddField(
            model_name='referralenquiry',
            name='step_words',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddConstraint(
            model_name='referralenquiry',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['first_day_call', 'all_contacts', 'staff', 'friends', 'sibling_schools', 'agencies_involved', 'letter', 'home_visit', 'neighbours', 'open_sources', 's2s', 'safeguarding_lead', 'education_records', 'census', 'admissions', 'sen', 'early_support', 'social_care', 'virtual_school', 'youth_offending', 'housing', 'council_tax', 'health', 'police', 'refuges', 'hmrc', 'border', 'giap', 'former_authority', 'next_authority', 'home_authority', 'forces', 'abroad', 'other'])), name='enquiry_is_a_known_step'),
        ),
        migrations.AddConstraint(
            model_name='referralenquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step', 'other'), models.Q(('step_words', ''), _negated=True)), models.Q(models.Q(('step', 'other'), _negated=True), ('step_words', '')), _connector='OR'), name='enquiry_of_another_kind_says_what_it_was'),
        ),
    ]
