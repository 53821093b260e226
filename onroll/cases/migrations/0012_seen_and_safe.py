"""That a child was seen and is safe: only added to, but answered or withdrawn (policy p.9)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable



class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0011_reviews_of_risks'),
        ('children', '0019_schools_as_said'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen', models.CharField(max_length=8)),
                ('company', models.CharField(blank=True, max_length=200)),
                ('seen_on', models.DateField()),
                ('seen_by', models.CharField(max_length=120)),
                ('role', models.CharField(max_length=120)),
                ('spot', models.CharField(max_length=12)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('is_safe', models.CharField(blank=True, max_length=8)),
                ('safe_words', models.TextField(blank=True)),
                ('wishes', models.TextField(blank=True)),
                ('said_by', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.TextField(blank=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('address', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.address')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sightings', to='cases.case')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-seen_on', '-at', '-pk'),
                'indexes': [models.Index(fields=['case', '-seen_on'], name='sighting_by_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('seen__in', ['alone', 'with', 'no'])), name='sighting_is_of_a_known_kind'), models.CheckConstraint(condition=models.Q(models.Q(('address__isnull', False), ('place', ''), ('spot', 'home')), models.Q(('address__isnull', True), ('spot__in', ['school', 'elsewhere']), models.Q(('place', ''), _negated=True)), _connector='OR'), name='sighting_says_where_it_was'), models.CheckConstraint(condition=models.Q(models.Q(('is_safe', 'yes'), models.Q(('seen', 'no'), _negated=True)), models.Q(('is_safe__in', ['no', 'not_sure']), models.Q(('safe_words', ''), _negated=True)), models.Q(('is_safe', ''), ('seen', 'no')), _connector='OR'), name='sighting_says_whether_the_child_is_safe'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='sighting_is_answered_by_someone_in_words'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='sighting_is_withdrawn_by_someone_with_a_reason')],
            },
        ),
        AuditTable("cases_sighting", through=("case_id", "cases_case", "child_id")),
        OnlyAdded(
            "cases_sighting",
            may_change=(
                *("answer", "answered_at", "answered_by_id"),
                *("withdrawn_why", "withdrawn_at", "withdrawn_by_id"),
            ),
        ),
    ]
