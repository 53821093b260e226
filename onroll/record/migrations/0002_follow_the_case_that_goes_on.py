"""What a family was told, complaints and files of a case follow it into the one that it joins."""

from django.db import migrations

from onroll.audit.only_added import OnlyAdded


class Migration(migrations.Migration):

    dependencies = [
        ("record", "0001_start"),
    ]

    operations = [
        OnlyAdded("record_familytelling", may_change=("case_id",)),
        OnlyAdded(
            "record_complaint",
            may_change=("case_id", "answered_on", "answer", "answered_at", "answered_by_id"),
        ),
        OnlyAdded("record_casefile", may_change=("case_id",)),
    ]
