"""The private link by which another browser goes on with a form."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafts', '0003_types_of_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='link_digest',
            field=models.CharField(blank=True, db_default='', db_index=True, default='', max_length=64),
        ),
    ]
