"""Jobs and the death of workers (trust.md 1.9, finding 6)."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from onroll.config import jobs
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
LOCK = 436
WAITS = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 436 AND NOT granted"


@pytest.fixture
def start_worker(app_url):
    """Give a function that starts a worker on the test database; those left over are killed."""
    started = []

    def start(*command):
        environment = {**os.environ, "DATABASE_URL": app_url}
        started.append(subprocess.Popen([sys.executable, *command], env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def defer(key):
    return app.configure_task("tests.slow", allow_unknown=True).defer(key=key)


def status(job):
    return ProcrastinateJob.objects.get(pk=job).status


def test_a_job_whose_worker_was_killed_runs_again_and_has_its_effect_once(
    start_worker, owner_connection, app_url
):
    job = defer("once")
    owner_connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    worker = start_worker("-m", "tests.config.worker_with_a_slow_job")
    until(lambda: owner_connection.execute(WAITS).fetchone())
    worker.kill()
    worker.wait()
    assert status(job) == "doing"
    owner_connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    assert jobs.retry_stalled(app_url, after=0) == 1
    assert start_worker("-m", "tests.config.worker_with_a_slow_job").wait(timeout=30) == 0
    assert status(job) == "succeeded"
    assert ContentType.objects.filter(app_label="tests", model="once").count() == 1


def test_a_dead_workers_job_whose_like_waits_already_holds_nothing_up(
    start_worker, owner_connection, app_url
):
    """Putting it back failed, and with it every later sweep; its lock held all of its kind up."""
    only_one = app.configure_task(
        "tests.slow", allow_unknown=True, lock="shared", queueing_lock="only one"
    )
    dead = only_one.defer(key="first")
    owner_connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    worker = start_worker("-m", "tests.config.worker_with_a_slow_job")
    until(lambda: owner_connection.execute(WAITS).fetchone())
    other = only_one.defer(key="second")
    worker.kill()
    worker.wait()
    owner_connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    assert jobs.retry_stalled(app_url, after=0) == 1
    assert start_worker("-m", "tests.config.worker_with_a_slow_job").wait(timeout=30) == 0
    assert (status(dead), status(other)) == ("aborted", "succeeded")


def test_a_job_whose_database_let_it_down_runs_again_by_itself(
    start_worker, owner_connection, app_url
):
    """It failed for good, and the night's work was not done until the next."""
    job = defer("let down")
    owner_connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    worker = start_worker("-m", "tests.config.worker_with_a_slow_job")
    until(lambda: owner_connection.execute(WAITS).fetchone())
    with psycopg.connect(app_url, autocommit=True) as other:
        other.execute(f"SELECT pg_terminate_backend(pid) {WAITS.removeprefix('SELECT 1')}")
    assert worker.wait(timeout=30) == 0
    assert status(job) == "todo"
    owner_connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    until(lambda: ProcrastinateJob.objects.filter(pk=job, scheduled_at__lte=Now()).exists())
    assert start_worker("-m", "tests.config.worker_with_a_slow_job").wait(timeout=30) == 0
    assert status(job) == "succeeded"


def test_every_job_of_ours_is_run_again_when_its_database_lets_it_down():
    ours = [task for name, task in app.tasks.items() if not name.startswith(("builtin", "tests"))]
    assert len(ours) > 5
    again = [task.name for task in ours if _is_run_again(task.retry_strategy)]
    assert again == [task.name for task in ours] != []


def _is_run_again(strategy):
    return strategy is not None and OperationalError in (strategy.retry_exceptions or ())


def test_a_job_of_a_living_worker_is_left_alone(start_worker, owner_connection, app_url):
    job = defer("alive")
    owner_connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    worker = start_worker("-m", "tests.config.worker_with_a_slow_job")
    until(lambda: owner_connection.execute(WAITS).fetchone())
    assert jobs.retry_stalled(app_url) == 0
    owner_connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    assert worker.wait(timeout=30) == 0
    assert status(job) == "succeeded"


def test_a_job_deferred_in_a_transaction_that_fails_was_never_deferred():
    def defer_and_fail():
        with transaction.atomic():
            defer("never")
            connection.cursor().execute("SELECT 1 / 0")

    with pytest.raises(Exception, match="division by zero"):
        defer_and_fail()
    assert not ProcrastinateJob.objects.exists()
