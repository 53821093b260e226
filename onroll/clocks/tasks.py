"""The night's work on clocks."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.clocks import actions


@app.periodic(cron="30 3 * * *")
@app.task(name="clocks.nightly", queueing_lock="clocks.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """Start the clocks that are promised and lacking, and end those that ask nothing any more."""
    raise_all(timezone.localtime())


def raise_all(at: datetime) -> dict[str, int]:
    """Do the night's work for one moment; return by subject how many clocks changed."""
    with acting(actor="worker:clocks"):
        return actions.raise_due(on=at.date(), at=at)
