"""Postcodes, their authorities and wards."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = ()

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
            ],
            options={'ordering': ('code',)},
        ),
        migrations.CreateModel(
            name='Postcode',
            fields=[
                ('postcode', models.CharField(max_length=7, primary_key=True, serialize=False)),
                ('authority', models.CharField(max_length=9)),
                ('ward', models.CharField(blank=True, max_length=9)),
            ],
            options={'ordering': ('postcode',)},
        ),
    ]
