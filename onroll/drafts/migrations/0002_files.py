"""Files attached to a form that is not sent."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafts', '0001_start'),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('content', models.BinaryField()),
                ('size', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='drafts.draft')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
    ]
