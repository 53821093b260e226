"""The tests' database: made and migrated by the owner, used as the role of web and worker."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pytest_django import DjangoDbBlocker

from onroll.config import roles
from onroll.config.database import settings_for
from tests import database, emptying, environment
from tests.documents.clamd import clamd, scanner
from tests.environment import TEST_DATABASE
from tests.people import people

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=10_000)  # `make fuzz`
hypothesis.settings.load_profile("untimed")  # how long something takes is for the bench to say

__all__ = ["clamd", "people", "scanner"]  # the named people, and ClamAV's daemon


LONG = (
    *("journeys/test_truth", "browser/test_every_page", "clocks/test_migration"),
    *("bench/test_kill", "config/test_backup", "bench/test_flood", "intake/test_killed"),
    *("referrals/test_migration", "test_addresses", "test_crawler", "demo/test_referrals"),
    *("receipts/test_sent_twice", "receipts/test_overtaken", "fuzz/test_pages"),
)
"""The files whose tests are long, or need a long time before the first, the longest before all."""


@pytest.hookimpl(trylast=True)  # after those that shuffle
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin each worker's part with long tests: one begun last is waited for by all others."""
    files = [Path(__file__).parent / f"{name}.py" for name in LONG]
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [[item for item in items if item.path == path] for path in files]
    rest = [item for item in items if item.path not in files]
    share = -(-len(items) // workers)  # each begins with an equal part of the list
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        part = [item for tests in long[worker::workers] for item in tests]
        fill = max(0, share * (worker + 1) - len(ordered) - len(part))
        ordered += [*part, *rest[:fill]]
        del rest[:fill]
    items[:] = [*ordered, *rest]


def pytest_sessionstart() -> None:
    """Look for no garbage while tests are found: there is none, and each look takes longer."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Look for it again, but not among the tests, which stay until the end, and less often.

    As often as Python looks by itself, it took a twentieth of the time, of migrations a quarter.
    """
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name a failure and its reason at once: a run that is ended early prints no summary."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        sys.stdout.write(f"\nFAILED {report.nodeid} ({report.when})\n{report.longreprtext}\n")
        sys.stdout.flush()


@pytest.fixture(scope="session")
def owner_url() -> Iterator[str]:
    """Give the address of the test database, as its owner: all tables, and no row of ours."""
    with ExitStack() as stack:
        url = environment.OWNER_URL
        if not url:
            server = stack.enter_context(database.migrated())
            with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
                admin.execute(f"ALTER DATABASE onroll RENAME TO {TEST_DATABASE}")
            yield server.url(roles.OWNER, TEST_DATABASE)
            return
        stack.callback(_drop, url)
        _drop(url)
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute(f"CREATE DATABASE {TEST_DATABASE}")
        url = make_conninfo(url, dbname=TEST_DATABASE)
        roles.grant(url)
        yield url


@pytest.fixture(scope="session")
def app_url(owner_url: str) -> str:
    """Give the address of the test database for the role of web and worker."""
    parts = conninfo_to_dict(environment.APP_URL or owner_url)
    return make_conninfo("", **{**parts, "dbname": TEST_DATABASE, "user": roles.APP})


@pytest.fixture(scope="session")
def django_db_setup(
    owner_url: str, app_url: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Migrate as the owner, then hand over to the app role; replaces pytest-django's fixture."""
    with django_db_blocker.unblock():
        _point_at(owner_url)
        if environment.OWNER_URL:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable")
        connection.close()
        _point_at(app_url)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def owner_connection(owner_url: str, transactional_db: None) -> Iterator[psycopg.Connection]:
    """Give a connection of the owner, each statement on its own, in a transactional test."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        yield owner


@pytest.fixture(scope="session", autouse=True)
def _empty_our_way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the tables after a transactional test as one who may: the app role may not."""

    def empty(_self: BaseDatabaseOperations, _statements: list[str]) -> None:
        url = request.getfixturevalue("owner_url")
        if environment.OWNER_URL:
            emptying.empty_as_owner(url)
        else:
            emptying.empty_as_administrator(make_conninfo(url, user="postgres"))

    with pytest.MonkeyPatch.context() as patch:
        # No statement of Django's own: then it writes no types and permissions either.
        patch.setattr(DatabaseOperations, "sql_flush", lambda *_arguments, **_options: [])
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", empty)
        yield


def _point_at(url: str) -> None:
    chosen = settings_for(url, statement_seconds=30, idle_seconds=120)
    connection.settings_dict.update(chosen)
    settings.DATABASES["default"].update(chosen)


def _drop(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {TEST_DATABASE} WITH (FORCE)")
