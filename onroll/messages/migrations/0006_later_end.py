"""Of how a form ended two kinds of message: another team has it, and the work is over."""

from typing import Any

from django.conf import settings
from django.db import migrations, models


def say_what_was_true(apps: Any, schema_editor: Any) -> None:
    """Until now one kind said both: what waits of it keeps the words that are true of either."""
    waiting = apps.get_model("outbox", "Message").objects.filter(
        kind="referral_closed", sent_at=None, given_up_at=None
    )
    waiting.update(kind="referral_decided")


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0005_news_of_own_cases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='message',
            name='message_is_to_an_account_or_of_a_kind_for_people_without',
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('referral_link', 'referral_received', 'referral_decided', 'referral_closed')), ('user__isnull', True)), models.Q(('user__isnull', False), models.Q(('kind__in', ('referral_link', 'referral_received', 'referral_decided', 'referral_closed')), _negated=True)), _connector='OR'), name='message_is_to_an_account_or_of_a_kind_for_people_without'),
        ),
        migrations.RunPython(say_what_was_true, migrations.RunPython.noop),
    ]
