"""A clock of hours has a time beside its day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clocks', '0002_of_any_subject'),
    ]

    operations = [
        migrations.AddField(
            model_name='deadline',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
