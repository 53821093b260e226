"""The nightly job of lists."""

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.lists import actions


@app.periodic(cron="15 4 * * *")
@app.task(name="lists.late_starts", queueing_lock="lists.late_starts", pass_context=False)
def look_for_late_starts(timestamp: int) -> None:
    """Find the children who never took up what a list promised, though no list comes to say so."""
    at = timezone.localtime()
    with acting(actor="worker:lists"):
        actions.find_late_starts(on=at.date(), at=at)
