"""News of own cases, and how often each person is told of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0004_told_each_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_daily', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='message_choice', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='person_gets_a_message_about_a_thing_once',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='one_message_of_what_happens_again_waits_for_a_person',
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('own_referral_closed', 'case_given', 'case_alert', 'enquiry_answered')), _negated=True), fields=('kind', 'ref', 'user'), name='person_gets_a_message_about_a_thing_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('given_up_at__isnull', True), ('kind__in', ('own_referral_closed', 'case_given', 'case_alert', 'enquiry_answered')), ('sent_at__isnull', True)), fields=('kind', 'ref', 'user'), name='one_message_of_what_happens_again_waits_for_a_person'),
        ),
        AuditTable("outbox_choice"),
    ]
