"""A worker with one more job, which waits for a lock that the test holds; see test_jobs.py."""

import sys

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402  # after setup
from django.db import connection, transaction  # noqa: E402  # after setup
from procrastinate.contrib.django import app  # noqa: E402  # after setup
from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: E402  # after setup

from onroll.config.jobs import prepare  # noqa: E402  # after setup

LOCK = 436


@app.task(name="tests.slow")
def slow(key: str) -> None:
    """Do something once for `key`, after getting the lock."""
    with transaction.atomic(), connection.cursor() as cursor:
        ContentType.objects.get_or_create(app_label="tests", model=key)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


if __name__ == "__main__":
    prepare(app)  # as every job that was there at the start
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    app.with_connector(connector.get_worker_connector()).run_worker(wait=False)
    sys.exit(0)
