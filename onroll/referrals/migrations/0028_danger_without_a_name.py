"""Somebody in danger may be told of by who knows neither a name nor a place: nothing waits for it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("referrals", "0027_answers_that_followed")]

    operations = [
        migrations.RemoveConstraint(
            model_name="referredchild", name="referred_child_has_a_name_or_a_place"
        ),
    ]
