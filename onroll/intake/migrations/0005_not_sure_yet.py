"""A person may say of a record: not sure yet."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0004_merging'),
        ('intake', '0004_indexes_of_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_names_the_child_exactly_when_it_says_same',
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('child__isnull', False), ('verdict', 'same')), models.Q(('child__isnull', True), ('verdict__in', ['different', 'not_sure'])), _connector='OR'), name='decision_names_the_child_exactly_when_it_says_same'),
        ),
    ]
