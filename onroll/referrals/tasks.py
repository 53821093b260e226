"""The job that looks, every few minutes, for what files opened and what waits too long."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.referrals import actions


@app.periodic(cron="*/5 * * * *")
@app.task(name="referrals.look", queueing_lock="referrals.look", pass_context=False)
def look(timestamp: int) -> None:
    """Tell the hub of what files opened, and pass on what nobody does in time."""
    look_over(timezone.localtime())


def look_over(at: datetime) -> int:
    """Do the round for one moment; safe to do again. Returns to how many people things went."""
    with acting(actor="worker:referrals"):
        actions.tell_of_leavers(at=at)
        return actions.escalate(at=at)
