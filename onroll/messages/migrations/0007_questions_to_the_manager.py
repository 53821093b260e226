"""Questions to the manager, and their answers, are told each time."""

from django.db import migrations, models

EACH_TIME = (
    "own_referral_closed",
    "case_given",
    "case_alert",
    "enquiry_answered",
    "manager_asked",
    "manager_answered",
)


class Migration(migrations.Migration):

    dependencies = [
        ("outbox", "0006_later_end"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="message",
            name="person_gets_a_message_about_a_thing_once",
        ),
        migrations.RemoveConstraint(
            model_name="message",
            name="one_message_of_what_happens_again_waits_for_a_person",
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=~models.Q(kind__in=EACH_TIME),
                fields=("kind", "ref", "user"),
                name="person_gets_a_message_about_a_thing_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    kind__in=EACH_TIME, sent_at__isnull=True, given_up_at__isnull=True
                ),
                fields=("kind", "ref", "user"),
                name="one_message_of_what_happens_again_waits_for_a_person",
            ),
        ),
    ]
