"""The place that answered a claim, and a doubt whether a child is alive, are kept as facts.

The sentences that stand at the end of what a record did are taken away, and made when it is shown.
One about a place that is not on record under that name stays where it is, and is shown as before.
"""

import re
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor as Editor
from django.db.migrations.state import StateApps

SINCE = " Since then: "
JOINED = re.compile(r"Joined (?P<school>.+) on (?P<day>\d{1,2} \w+ \d{4})\.")
DEATH = " The record says that this child may have died: find out which is so."


def take_apart(apps: StateApps, schema_editor: Editor) -> None:
    """Put what the last sentences of a record's result say into columns."""
    rows = apps.get_model("intake", "Row").objects
    places = apps.get_model("children", "Place").objects.select_related("school")
    overtaken = rows.filter(overtaken_at__isnull=False, effect_words__contains=SINCE)
    for row in overtaken.defer("said", "candidates").iterator():
        before, _, words = row.effect_words.rpartition(SINCE)
        joined = JOINED.fullmatch(words)
        of_child = places.filter(child=row.child_id, kind="registered").order_by("from_on")
        stays = [p for p in of_child if joined and p.school and p.school.name == joined["school"]]
        if joined and stays:
            same = (p for p in stays if p.from_on and _in_words(p.from_on) == joined["day"])
            row.effect_words, row.overtaken_by = before, next(same, stays[-1])
            row.save(update_fields=["effect_words", "overtaken_by"])
    for row in rows.filter(effect_words__endswith=DEATH).defer("said", "candidates").iterator():
        row.effect_words, row.may_have_died = row.effect_words.removesuffix(DEATH), True
        row.save(update_fields=["effect_words", "may_have_died"])


def put_together(apps: StateApps, schema_editor: Editor) -> None:
    """Write the sentences to the end of what a record did again."""
    rows = apps.get_model("intake", "Row").objects.defer("said", "candidates")
    for row in rows.filter(may_have_died=True).iterator():
        row.effect_words, row.may_have_died = row.effect_words + DEATH, False
        row.save(update_fields=["effect_words", "may_have_died"])
    overtaken = rows.filter(overtaken_by__isnull=False).select_related("overtaken_by__school")
    for row in overtaken.iterator():
        place: Any = row.overtaken_by
        on = f" on {_in_words(place.from_on)}" if place.from_on else ""
        title = place.school.name if place.school else place.provision
        row.effect_words = f"{row.effect_words}{SINCE}Joined {title}{on}."
        row.overtaken_by = None
        row.save(update_fields=["effect_words", "overtaken_by"])


def _in_words(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0017_keys_of_all_letters'),
        ('intake', '0018_trail_of_files_without_bytes'),
    ]

    operations = [
        migrations.AddField('row', 'may_have_died', models.BooleanField(default=False)),
        migrations.AddField(
            'row',
            'overtaken_by',
            models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.place'),
        ),
        migrations.RunPython(take_apart, put_together),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
    ]
