"""Why a family has neither telephone number nor email, and how it is found all the same."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0001_start'),
        ('schools', '0002_audit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='family',
            name='family_can_be_reached_somehow',
        ),
        migrations.AddField(
            model_name='family',
            name='no_contact_why',
            field=models.CharField(blank=True, db_default='', default='', max_length=400),
        ),
        migrations.AddConstraint(
            model_name='family',
            constraint=models.CheckConstraint(condition=models.Q(('email', ''), ('no_contact_why', ''), ('phone', ''), _negated=True), name='family_can_be_reached_somehow'),
        ),
    ]
