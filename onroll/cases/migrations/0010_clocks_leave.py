"""Clocks are a package of their own; `clocks.0001_from_cases` has taken the tables."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_doubts_and_since_when'),
        ('clocks', '0002_of_any_subject'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name='DeadlineChange'),
                migrations.DeleteModel(name='Deadline'),
            ],
        ),
    ]
