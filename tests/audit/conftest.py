"""A person to be tampered with, and a connection such as the web's."""

from collections.abc import Iterator

import psycopg
import pytest

from onroll.accounts import actions
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.audit.actions import acting
from tests.people import AT


@pytest.fixture
def olive(transactional_db: None) -> User:
    """Give a person whose making is committed, and so is in the trail."""
    with acting(actor="test"):
        return actions.add_person(
            email="olive@harrow.example", name="Olive Obi", role=Role.LOC, by=None, at=AT
        )


@pytest.fixture
def app(app_url: str, olive: User) -> Iterator[psycopg.Connection]:
    """Give a connection of the role that web and worker sign in as."""
    with psycopg.connect(app_url, autocommit=True) as connection:
        yield connection
