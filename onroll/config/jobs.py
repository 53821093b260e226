"""Jobs whose worker died: found and put back into the queue.

This runs beside the queue, not in it, since a job that looks for stuck jobs can itself get stuck.
"""

import asyncio

from procrastinate import App, PsycopgConnector

HEARTBEAT_LOST = 30  # seconds without a sign of life; a worker gives one every 10


def retry_stalled(url: str, *, after: float = HEARTBEAT_LOST) -> int:
    """Put the jobs of dead workers back into the queue at `url`; return how many."""
    return asyncio.run(_retry_stalled(url, after))


async def _retry_stalled(url: str, after: float) -> int:
    app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=1))
    async with app.open_async():
        stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=after))
        for job in stalled:
            await app.job_manager.retry_job(job)
    return len(stalled)
