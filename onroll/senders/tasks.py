"""The nightly job of senders."""

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.senders import actions


@app.periodic(cron="40 3 * * *")
@app.task(name="senders.nightly", queueing_lock="senders.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """Delete what was counted before today, and the keys with which it was hashed."""
    actions.forget(before=timezone.localdate())
