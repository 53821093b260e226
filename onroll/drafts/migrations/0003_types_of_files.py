"""Of a file of a form that is not sent, its type, once it was found to be taken."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafts', '0002_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='draftfile',
            name='media_type',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
    ]
