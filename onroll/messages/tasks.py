"""The job that sends what lies in the outbox."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.messages import actions, queries
from onroll.messages.actions import Delivery
from onroll.messages.sending import send, sends

ACTOR = "worker:messages"


@app.task(name="messages.deliver", lock="messages")
def deliver() -> None:
    """Send what is due: deferred with each message, so that none waits for the next look."""
    deliver_due(timezone.localtime())


@app.periodic(cron="*/5 * * * *")
@app.task(name="messages.look", queueing_lock="messages.look", lock="messages", pass_context=False)
def look(timestamp: int) -> None:
    """Send what has become due again."""
    deliver_due(timezone.localtime())


def deliver_due(at: datetime) -> int:
    """Send each message that is due, in a transaction of its own; return how many went.

    Where the mail server takes nothing, the round ends. Without a mail server, all wait.
    """
    count = 0
    for message_id in queries.to_send(at=at) if sends() else ():
        with acting(actor=ACTOR):
            delivery = actions.deliver(message_id=message_id, send=send, at=at)
        if delivery is Delivery.NO_SERVER:
            break
        count += delivery is Delivery.SENT
    return count
