"""Retry jobs that lost their worker or their database.

The search for stuck jobs runs beside the queue, not in it, since such a job could get stuck itself.
"""

import asyncio

from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

HEARTBEAT_LOST = 30  # seconds without a sign of life; a worker gives one every 10


def prepare(app: App) -> None:
    """Retry jobs that failed because of the database. Named by PROCRASTINATE_ON_APP_READY.

    A database that is away for a moment, or waits too long for a lock, is no fault of the job: it
    runs again after 2, 4, 8 ... seconds, for about eight minutes. Other faults stay faults.
    """
    from django.db import InterfaceError, OperationalError  # commands without Django come here too

    again = RetryStrategy(
        max_attempts=8, exponential_wait=2, retry_exceptions=[OperationalError, InterfaceError]
    )
    for task in app.tasks.values():
        task.retry_strategy = task.retry_strategy or again


def retry_stalled(url: str, *, after: float = HEARTBEAT_LOST) -> int:
    """Put the jobs of dead workers back into the queue at `url`; return how many.

    A job that may wait only once, and waits already, is cancelled instead: the other does its work,
    and its lock would hold up all that share it.
    """
    return asyncio.run(_retry_stalled(url, after))


async def _retry_stalled(url: str, after: float) -> int:
    app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=1))
    async with app.open_async():
        stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=after))
        for job in stalled:
            try:
                await app.job_manager.retry_job(job)
            except UniqueViolation:
                await app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=False)
    return len(stalled)
