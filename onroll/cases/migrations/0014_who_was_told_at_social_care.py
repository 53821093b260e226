"""Who at social care was told that a child may be privately fostered, or why nobody is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_private_fostering'),
        ('children', '0019_schools_as_said'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='sighting',
            name='sighting_of_a_fostered_child_says_whether_social_care_was_told',
        ),
        migrations.AddField(
            model_name='sighting',
            name='care_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sighting',
            name='care_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sighting',
            name='care_name',
            field=models.CharField(blank=True, db_default='', max_length=120),
        ),
        migrations.AddField(
            model_name='sighting',
            name='care_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sighting',
            name='care_team',
            field=models.CharField(blank=True, db_default='', max_length=120),
        ),
        migrations.AddField(
            model_name='sighting',
            name='care_why_not',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddConstraint(
            model_name='sighting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fostering__in', ['yes', 'not_sure']), _negated=True), models.Q(('is_care_told__isnull', False), models.Q(('care_words', ''), _negated=True)), models.Q(('care_on__isnull', False), ('is_care_told', True)), _connector='OR'), name='sighting_of_a_fostered_child_says_whether_social_care_was_told'),
        ),
        migrations.AddConstraint(
            model_name='sighting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('care_at__isnull', True), ('care_by__isnull', True), ('care_on__isnull', True), ('care_name', ''), ('care_team', ''), ('care_why_not', '')), models.Q(('care_at__isnull', False), ('care_by__isnull', False), ('care_on__isnull', False), models.Q(('care_name', ''), _negated=True), models.Q(models.Q(models.Q(('care_team', ''), _negated=True), ('care_why_not', '')), models.Q(('care_team', ''), models.Q(('care_why_not', ''), _negated=True)), _connector='OR')), _connector='OR'), name='sighting_names_who_was_told_at_social_care_or_who_decided_not'),
        ),
        OnlyAdded(
            "cases_sighting",
            may_change=(
                *("answer", "answered_at", "answered_by_id"),
                *("care_name", "care_team", "care_on", "care_why_not", "care_at", "care_by_id"),
                *("withdrawn_why", "withdrawn_at", "withdrawn_by_id"),
            ),
        ),
    ]
