"""The nightly job of drafts."""

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.drafts import actions


@app.periodic(cron="50 3 * * *")
@app.task(name="drafts.nightly", queueing_lock="drafts.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """Delete drafts that nobody has gone on with."""
    actions.forget_drafts(at=timezone.localtime())
