"""Whether a child who was seen lives with no close relative, and whether social care was told."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0012_seen_and_safe'),
        ('children', '0019_schools_as_said'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='sighting',
            name='care_words',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='sighting',
            name='fostering',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='sighting',
            name='is_care_told',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='sighting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fostering__in', ['yes', 'not_sure']), _negated=True), models.Q(('is_care_told__isnull', False), models.Q(('care_words', ''), _negated=True)), _connector='OR'), name='sighting_of_a_fostered_child_says_whether_social_care_was_told'),
        ),
    ]
