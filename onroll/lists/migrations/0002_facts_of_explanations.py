"""What explained a finding is kept as facts; the sentence about it is made when it is shown.

The sentences that stand at the end of the evidence are taken apart. One that cannot be, because its
place is not on record under that name, stays where it is and is shown as before.
"""

import re
from datetime import datetime
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor as Editor
from django.db.migrations.state import StateApps

SINCE = " Since then: "
DAY = r"(?P<day>\d{1,2} \w+ \d{4})"
SENTENCES = (
    ("on_list", re.compile(rf"on the (?:roll of .+|home education list) of {DAY}\.")),
    ("on_one_roll", re.compile(rf"on one roll only \({DAY}\)\.")),
    ("at_place", re.compile(rf"at (?P<title>.+) \({DAY}\)\.")),
)


def take_apart(apps: StateApps, schema_editor: Editor) -> None:
    """Put what the last sentence of the evidence says into columns."""
    places = apps.get_model("children", "Place").objects.select_related("school")
    findings = apps.get_model("lists", "Finding").objects.filter(withdrawn_at__isnull=False)
    for finding in findings.filter(because__contains=SINCE).iterator():
        evidence, _, words = finding.because.rpartition(SINCE)
        for explanation, sentence in SENTENCES:
            facts = sentence.fullmatch(words)
            if facts is None:
                continue
            of_child = places.filter(child=finding.child_id).order_by("-pk")
            place = next((p for p in of_child if _title(p) == facts.groupdict().get("title")), None)
            if place is not None or explanation != "at_place":
                finding.because, finding.explanation = evidence, explanation
                finding.explained_on = datetime.strptime(facts["day"], "%d %B %Y").date()
                finding.explained_by = place
                finding.save()
            break


def _title(place: Any) -> Any:
    return place.school.name if place.school else place.provision


def put_together(apps: StateApps, schema_editor: Editor) -> None:
    """Write the sentence to the end of the evidence again."""
    findings = apps.get_model("lists", "Finding").objects.exclude(explanation="")
    for finding in findings.select_related("school", "explained_by__school").iterator():
        place, school = finding.explained_by, finding.school
        day = f"{finding.explained_on.day} {finding.explained_on:%B %Y}"
        where = f"the roll of {school.name}" if school else "the home education list"
        words = {
            "on_list": f"on {where} of {day}.",
            "on_one_roll": f"on one roll only ({day}).",
            "at_place": place and f"at {_title(place)} ({day}).",
        }
        finding.because += SINCE + words[finding.explanation]
        finding.explanation, finding.explained_on, finding.explained_by = "", None, None
        finding.save()


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0017_keys_of_all_letters'),
        ('lists', '0001_findings'),
    ]

    operations = [
        migrations.AddField('finding', 'explanation', models.CharField(blank=True, max_length=11)),
        migrations.AddField('finding', 'explained_on', models.DateField(blank=True, null=True)),
        migrations.AddField(
            'finding',
            'explained_by',
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.place'),
        ),
        migrations.RunPython(take_apart, put_together),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.AddConstraint(
            'finding',
            models.CheckConstraint(condition=models.Q(models.Q(('explained_on__isnull', True), ('explanation', '')), models.Q(('explained_on__isnull', False), ('explanation__in', ['on_list', 'at_place', 'on_one_roll']), ('withdrawn_at__isnull', False)), _connector='OR'), name='finding_that_is_explained_is_withdrawn'),
        ),
        migrations.AddConstraint(
            'finding',
            models.CheckConstraint(condition=models.Q(models.Q(('explained_by__isnull', False), ('explanation', 'at_place')), models.Q(models.Q(('explanation', 'at_place'), _negated=True), ('explained_by__isnull', True)), _connector='OR'), name='finding_names_the_place_that_explains_it'),
        ),
    ]
