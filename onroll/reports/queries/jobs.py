"""How long jobs have been waiting, for Today and for the health page."""

from django.db.models import BooleanField, IntegerField, QuerySet
from django.db.models.expressions import RawSQL
from procrastinate.contrib.django.models import ProcrastinateJob

_DUE_AT = """coalesce(procrastinate_jobs.scheduled_at, (
    SELECT min(at) FROM procrastinate_events came
    WHERE came.job_id = procrastinate_jobs.id AND came.type = 'deferred'))"""
_WAITS = "status = 'todo' AND coalesce(procrastinate_jobs.scheduled_at, now()) <= now()"
_SECONDS = f"extract(epoch FROM now() - {_DUE_AT})::int"

OLDEST_SECONDS = f"SELECT max({_SECONDS}) FROM procrastinate_jobs WHERE {_WAITS}"
"""Seconds since the oldest waiting job was due; NULL if none waits."""


def oldest_job() -> QuerySet[ProcrastinateJob]:
    """Return the job that has waited longest since it was due, with its `seconds`; no row if none
    waits."""
    jobs: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.only("pk")
    waiting = jobs.filter(RawSQL(_WAITS, (), BooleanField()))
    seconds = RawSQL(_SECONDS, (), IntegerField())
    return waiting.annotate(seconds=seconds).order_by("-seconds")[:1]
