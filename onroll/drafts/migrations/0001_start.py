
import django.db.models.deletion
import onroll.rules.references
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=onroll.rules.references.speakable, max_length=11, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('answers', models.JSONField(default=dict)),
                ('token_digest', models.CharField(blank=True, default='', max_length=64)),
                ('started_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField(db_index=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', False), ('token_digest', '')), models.Q(('author__isnull', True), models.Q(('token_digest', ''), _negated=True)), _connector='OR'), name='draft_has_one_author')],
            },
        ),
    ]
