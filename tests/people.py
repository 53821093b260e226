"""The named people of every permission test, made by actions.

    def test_something(people): client.force_login(people.olive)

Sam and Tess belong to schools, which stand above accounts: hand `build` a function that says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime

import pytest

from onroll.accounts import actions
from onroll.accounts.models import User
from onroll.accounts.roles import Role

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TEAM = "Children missing education"


@dataclass(frozen=True)
class People:
    """Everyone, by first name."""

    olive: User
    max: User
    mo: User
    sam: User
    tess: User
    ada: User
    hal: User
    cat: User
    sen: User
    dee: User
    ola: User
    pat: User
    ari: User
    mat: User

    def all(self) -> list[User]:
        """Return everyone."""
        return [getattr(self, field.name) for field in fields(self)]

    def acting_as(self, role: Role) -> User:
        """Return the first person who acts in a role."""
        return next(person for person in self.all() if person.role == role.value)


WHO = {
    "olive": ("Olive Obi", Role.LOC, TEAM),
    "max": ("Max Marsh", Role.MGR, TEAM),
    "mo": ("Mo Malik", Role.MASH, "MASH"),
    "sam": ("Sam Sharp", Role.SCH, ""),
    "tess": ("Tess Thorn", Role.SCH, ""),
    "ada": ("Ada Acheampong", Role.ADM, "Admissions"),
    "hal": ("Hal Hughes", Role.SAL, "Home education"),
    "cat": ("Cat Cole", Role.CAO, "Court"),
    "sen": ("Sen Sato", Role.SEN, "SENARS"),
    "dee": ("Dee Diaz", Role.ANA, "Data"),
    "ola": ("Ola Okoro", Role.OLA, ""),
    "pat": ("Pat Patel", Role.DPO, "Information governance"),
    "ari": ("Ari Aydin", Role.SYS, ""),
    "mat": ("Mat Moss", Role.MAT, ""),
}


def nothing_more(_people: People) -> None:
    """Leave the people as they are."""


def build(then: Callable[[People], None] = nothing_more) -> People:
    """Make everyone, then call `then`, which gives Sam and Tess their schools."""
    made = {
        first: actions.add_person(
            email=f"{first}@harrow.example", name=name, role=role, team=team, by=None, at=AT
        )
        for first, (name, role, team) in WHO.items()
    }
    people = People(**made)
    then(people)
    return people


@pytest.fixture
def people(db: None) -> People:
    """Give everyone, without schools."""
    return build()
