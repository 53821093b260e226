"""A database that goes away while a session is kept is a failure of ours, not of the visitor's."""

import psycopg
import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError, connection
from django.test import Client

from onroll.config.sessions import SessionStore

pytestmark = pytest.mark.django_db(transaction=True)


def kept() -> SessionStore:
    session = SessionStore()
    session.create()
    return session


def test_a_database_that_goes_away_is_not_called_a_deleted_session(app_url: str) -> None:
    """It was answered with “Bad request”, though what was sent had been done."""
    session = kept()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with psycopg.connect(app_url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    with pytest.raises(OperationalError):
        session.save()
    connection.close()


def test_a_session_that_was_deleted_is_still_called_so() -> None:
    session = kept()
    SessionStore(session.session_key).delete()
    with pytest.raises(UpdateError):
        session.save()


def test_sessions_are_kept_by_it(client: Client) -> None:
    client.post("/account/login/", {"login": "a@b.example", "password": "made up"})
    assert isinstance(client.session, SessionStore)
