"""Who has seen the alerts of a case, or muted them until a day: only added to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0018_managers_reviews_and_questions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AlertWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('word', models.CharField(max_length=5)),
                ('back_on', models.DateField(blank=True, null=True)),
                ('why', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alert_words', to='cases.case')),
            ],
            options={
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['case', 'kind'], name='alert_word_by_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('word__in', ['seen', 'muted', 'back'])), name='alert_word_is_a_known_one'), models.CheckConstraint(condition=models.Q(models.Q(('back_on__isnull', False), ('word', 'muted'), models.Q(('why', ''), _negated=True)), models.Q(models.Q(('word', 'muted'), _negated=True), ('back_on__isnull', True), ('why', '')), _connector='OR'), name='alert_word_that_mutes_has_a_day_and_a_reason')],
            },
        ),
        AuditTable("cases_alertword", through=("case_id", "cases_case", "child_id")),
        OnlyAdded("cases_alertword"),
    ]
