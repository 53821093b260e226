"""Messages to people without an account, of whom only the feature knows the address."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0001_from_notices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('given_up_at__isnull', True), ('sent_at__isnull', True), ('user__isnull', True)), fields=('ref',), name='one_message_waits_for_a_person_without_an_account'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('referral_link', 'referral_received', 'referral_closed')), ('user__isnull', True)), models.Q(('user__isnull', False), models.Q(('kind__in', ('referral_link', 'referral_received', 'referral_closed')), _negated=True)), _connector='OR'), name='message_is_to_an_account_or_of_a_kind_for_people_without'),
        ),
    ]
