"""The named people of every permission test.

    def test_something(people): client.force_login(people.olive)

Sam and Tess belong to schools, which stand above accounts: hand `build` a function that says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from secrets import token_hex

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from onroll.accounts.models import RoleHeld, User
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
    """Make everyone, then call `then`, which gives Sam and Tess their schools.

    The rows are those of `add_person`, all at once: half of all tests begin with these people.
    """
    with transaction.atomic():
        users = User.objects.bulk_create([_user(first) for first in WHO])
        EmailAddress.objects.bulk_create(
            [
                EmailAddress(user=user, email=user.email, primary=True, verified=False)
                for user in users
            ]
        )
        RoleHeld.objects.bulk_create(
            [
                RoleHeld(user=user, role=str(user.role), given_at=AT, given_by="command line")
                for user in users
            ]
        )
        _record(users)
    people = People(**dict(zip(WHO, users, strict=True)))
    then(people)
    return people


def _user(first: str) -> User:
    name, role, team = WHO[first]
    return User(
        email=f"{first}@harrow.example",
        name=name,
        role=role.value,
        team=team,
        password=make_password(None),
        session_stamp=token_hex(16),
    )


def _record(users: list[User]) -> None:
    """Write to the audit trail what `add_person` writes there."""
    events = [
        event
        for user in users
        for event in (
            ("role_given", f"person {user.pk} {user.role}"),
            ("person_added", f"person {user.pk}"),
        )
    ]
    kinds, abouts = zip(*events, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit.record_security(%s, '', NULL, '', kind, 'done', about, '') "
            "FROM unnest(%s::text[], %s::text[]) AS event (kind, about)",
            [AT, list(kinds), list(abouts)],
        )


@pytest.fixture
def people(db: None) -> People:
    """Give everyone, without schools."""
    return build()
