"""Every child gone from the rolls of the made-up borough is found."""

from datetime import date, datetime
from pathlib import Path

import pytest

from onroll.children.models import Child
from onroll.demo import tell, write_rolls
from onroll.formats.gias import read_establishments
from onroll.intake import actions, tasks
from onroll.intake.models import ListKind
from onroll.lists.models import Finding
from onroll.rules import age
from onroll.schools.actions import load_schools
from onroll.schools.models import School
from tests.intake.world import AT

pytestmark = pytest.mark.django_db


def test_every_child_gone_from_the_boroughs_rolls_is_found_silent_schools_too(
    tmp_path: Path,
) -> None:
    """P05: of compulsory school age, on the opening rolls, on none a year later: all of them."""
    year = tell(pupils=1_200)
    first = write_rolls(year, tmp_path / "first", whole=True)
    School.objects.all().delete()
    establishments = read_establishments(first.establishments)
    load_schools(establishments=establishments, reporting_to="310")
    then, now = year.borough.opens_on, date(2026, 10, 1)
    second = write_rolls(year, tmp_path / "second", on=now, whole=True)
    for rolls, on in ((first, then), (second, now)):
        at = datetime.combine(on, AT.timetz())
        received = actions.receive_list(
            content=rolls.rolls[0].read_bytes(),
            name="all.csv",
            kind=ListKind.ROLL,
            on=on,
            how="command",
            at=at,
        )
        tasks.take_through(received.transfer.pk, at=at, actor="test")
    stayed = {child.key for child, _ in year.on_roll(now)}

    children = {spell.child: year.borough.children[spell.child] for spell in year.borough.spells}
    gone = [
        child
        for child in children.values()
        if child.key not in stayed and age.is_compulsory(child.born, on=now)
    ]
    asked = set(Finding.objects.exclude(kind="on_two").values_list("child_id", flat=True))
    missed = [
        child for child in gone if not asked & set(_who(child.upn, child.surname, child.born))
    ]
    assert len(gone) > 20
    assert missed == []
    assert len(asked) <= len(gone)


def _who(upn: str, surname: str, born: date) -> list[int]:
    if upn:
        return list(Child.objects.filter(identifiers__value=upn).values_list("pk", flat=True))
    known = Child.objects.filter(surname=surname, born_on=born)
    return list(known.values_list("pk", flat=True))
