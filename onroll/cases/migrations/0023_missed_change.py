"""A case keeps which change of school was missed; the rule fills in those there are (P65)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import migrations, models
from django.db.models import Q

from onroll.rules.missed_change import SchoolAges, Stay, ages_of, missed_change

AT_ONCE = 1000
EXPECTED = ("offered", "named")
KINDS = ("registered", "said", *EXPECTED)


def fill(apps: Any, schema_editor: Any) -> None:
    """Work out of each case which change of school was missed, by what is on record of places."""
    cases = apps.get_model("cases", "Case").objects.order_by("pk")
    last = 0
    while some := list(cases.filter(pk__gt=last).select_related("child", "school")[:AT_ONCE]):
        _fill(apps, some)
        last = some[-1].pk


def _fill(apps: Any, some: Sequence[Any]) -> None:
    places: dict[int, list[Any]] = defaultdict(list)
    children = [case.child_id for case in some]
    of_schools = apps.get_model("children", "Place").objects.filter(
        child__in=children, school__isnull=False, kind__in=KINDS
    )
    for place in of_schools.select_related("school"):
        places[place.child_id].append(place)
    changes: dict[str, list[int]] = defaultdict(list)
    for case in some:
        changes[_change(case, places[case.child_id])].append(case.pk)
    for change, numbers in changes.items():
        apps.get_model("cases", "Case").objects.filter(pk__in=numbers).update(missed_change=change)


def _change(case: Any, places: Sequence[Any]) -> str:
    """Return the change of a case; what began after it was opened was not known then, and a school
    that the child was at since is the one that ended it."""
    known = [
        place
        for place in places
        if place.from_on is None
        or place.from_on <= (case.opened_on if place.kind in EXPECTED else case.missing_since_on)
    ]
    stays = [
        Stay(
            school=_ages(place.school),
            from_on=place.from_on,
            to_on=place.to_on,
            is_expected=place.kind in EXPECTED,
        )
        for place in known
    ]
    if case.school is not None and case.school_id not in {place.school_id for place in known}:
        is_expected = case.reason == "never_arrived"
        stays.append(Stay(school=_ages(case.school), is_expected=is_expected))
    born = None if case.child.is_born_estimated else case.child.born_on
    return missed_change(born=born, since=case.missing_since_on, stays=stays).value


def _ages(school: Any) -> SchoolAges | None:
    return ages_of(school.phase, school.lowest_age, school.highest_age)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_action_points_join"),
        ("children", "0020_sealed"),
        ("schools", "0002_audit"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="missed_change",
            field=models.CharField(default="not_known", max_length=20),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(
                    missed_change__in=[
                        "nursery_to_primary",
                        "infant_to_junior",
                        "primary_to_secondary",
                        "in_year",
                        "not_known",
                    ]
                ),
                name="case_missed_a_known_change_of_school",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
