"""Records of one child are merged, by two people, and told apart by one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0003_search_without_waiting_list'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposed_at', models.DateTimeField()),
                ('why', models.TextField()),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('refused_at', models.DateTimeField(blank=True, null=True)),
                ('refused_why', models.TextField(blank=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_why', models.TextField(blank=True)),
                ('moved', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'ordering': ('-proposed_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='NotSame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'not the same',
            },
        ),
        migrations.AddField(
            model_name='child',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='children.child'),
        ),
        migrations.AddConstraint(
            model_name='child',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='record_does_not_lead_to_itself'),
        ),
        migrations.AddField(
            model_name='merge',
            name='agreed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='children.child'),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_away', to='children.child'),
        ),
        migrations.AddField(
            model_name='merge',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='refused_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notsame',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notsame',
            name='one',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child'),
        ),
        migrations.AddField(
            model_name='notsame',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='child_is_not_merged_with_itself'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_by__isnull', True), models.Q(('agreed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='merge_is_agreed_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', True), ('agreed_by__isnull', True)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False), ('refused_at__isnull', True)), _connector='OR'), name='merge_is_agreed_by_someone_and_not_refused'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refused_at__isnull', True), ('refused_by__isnull', True), ('refused_why', '')), models.Q(('refused_at__isnull', False), ('refused_by__isnull', False), models.Q(('refused_why', ''), _negated=True)), _connector='OR'), name='merge_is_refused_by_someone_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True), ('undone_why', '')), models.Q(('agreed_at__isnull', False), ('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undone_why', ''), _negated=True)), _connector='OR'), name='merge_is_undone_by_someone_for_a_reason_once_agreed'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('agreed_at__isnull', False), ('undone_at__isnull', True)), fields=('merged',), name='child_is_merged_away_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('agreed_at__isnull', True), ('refused_at__isnull', True)), fields=('kept', 'merged'), name='merge_is_proposed_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='notsame',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='pair_has_the_lower_number_first'),
        ),
        migrations.AddConstraint(
            model_name='notsame',
            constraint=models.UniqueConstraint(fields=('one', 'other'), name='pair_is_told_apart_once'),
        ),
    ]
