"""How a child is called: the one place that decides it, for everybody and everywhere."""

import re
from pathlib import Path

import pytest

import onroll
from onroll.accounts.access import is_masked
from onroll.accounts.permissions import Permission
from onroll.cases.queries import is_name_hidden, name_of, names_of
from tests.cases.world import World
from tests.people import People

ROWS = (Permission.CASE_LIST, Permission.CASE_VIEW)
ITSELF = {"cases/queries/names.py", "cases/queries/register.py"}
"""The register asks once for all its lines."""


def test_who_sees_a_mask_on_the_list_or_the_case_is_told_initials_alone(
    world: World, people: People
) -> None:
    case = world.case(world.child("Rowan", "Merlinton"))
    hidden = set()
    for person in people.all():
        masked = any(is_masked(person, row) for row in ROWS)
        assert is_name_hidden(person) is masked
        expected = "R. M." if masked else "Rowan Merlinton"
        assert name_of(case.child, person) == expected
        assert names_of([case], person) == {case.pk: expected}
        hidden.add(masked)
    assert hidden == {True, False}


@pytest.mark.parametrize("other", [re.compile(r"initials\([^)]*\) if .*else .*\.name\b")])
def test_nothing_else_chooses_between_a_name_and_initials(other: re.Pattern[str]) -> None:
    root = Path(onroll.__file__).parent
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if other.search(path.read_text())
    }
    assert found == ITSELF
