"""The tests themselves run as the role that web and worker have."""

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.utils import ProgrammingError


@pytest.mark.shows("security.trail")
@pytest.mark.django_db
def test_tests_sign_in_as_the_app_role_which_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_user")
        assert cursor.fetchone() == ("onroll_app", "onroll_app")
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = 'onroll_app'::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = session_user")
        assert cursor.fetchone() == (False, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "ALTER TABLE django_session ADD mine int",
        "TRUNCATE django_session",
    ],
)
def test_the_app_role_cannot_change_the_tables(statement):
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_leaves_nothing_behind(turn, owner_connection: psycopg.Connection):
    ContentType.objects.create(app_label="left", model="over")
    seen = owner_connection.execute(
        "SELECT count(*) FROM django_content_type WHERE app_label = 'left'"
    )
    assert seen.fetchone() == (1,)
