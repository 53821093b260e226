"""How large a file was that somebody without an account attached."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('senders', '0001_start'),
    ]

    operations = [
        migrations.AddField(
            model_name='sending',
            name='size',
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
    ]
