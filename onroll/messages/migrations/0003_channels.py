"""How each message was sent: by e-mail or as a text."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0002_to_people_without_an_account'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='channel',
            field=models.CharField(blank=True, db_default='', default='', max_length=5),
        ),
    ]
