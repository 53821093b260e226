"""How long jobs have been waiting, for Today and for the health page."""

from datetime import timedelta

from django.db import connection

OLDEST_SECONDS = """SELECT extract(epoch FROM now() - min(coalesce(job.scheduled_at, came.at)))::int
    FROM procrastinate_jobs job
    LEFT JOIN procrastinate_events came ON came.job_id = job.id AND came.type = 'deferred'
    WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()"""
"""Seconds since the oldest waiting job was due; NULL if none waits."""


def oldest_job() -> timedelta | None:
    """Return how long the oldest waiting job has waited; None if none waits."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_SECONDS)
        (seconds,) = cursor.fetchone()
    return None if seconds is None else timedelta(seconds=seconds)
