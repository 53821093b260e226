"""The small borough, and a browser of one of the named people."""

from collections.abc import Callable

import pytest
from django.test import Client

from onroll.accounts.models import User
from tests.cases import world as worlds


@pytest.fixture
def world(db: None) -> worlds.World:
    """Give the borough, empty of children."""
    return worlds.build()


@pytest.fixture
def as_() -> Callable[[User], Client]:
    """Give a function that signs someone in and returns their client."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
