"""The nightly job of receipts."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.receipts import actions

LIFETIME = timedelta(days=3)
"""Longer than any session lasts: no older form can be sent any more."""


@app.periodic(cron="45 3 * * *")
@app.task(name="receipts.nightly", queueing_lock="receipts.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """Delete receipts of forms that nobody can send again."""
    actions.forget(before=timezone.localtime() - LIFETIME)
