"""Files attached to a form that is not sent, and the record that it is about."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafts', '0001_start'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='about',
            field=models.CharField(blank=True, db_default='', default='', max_length=11),
        ),
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
