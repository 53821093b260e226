"""The job that sends what lies in the outbox."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.messages import actions, queries
from onroll.messages.actions import Delivery
from onroll.messages.channels import Round

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

    A server that takes nothing at all is not tried again in this round. What nothing is set to send
    with waits.
    """
    count, this = 0, Round()
    for message_id in queries.to_send(at=at):
        if not this.channels:
            break
        with acting(actor=ACTOR):
            delivery = actions.deliver(message_id=message_id, send=this.send, at=at)
        count += delivery is Delivery.SENT
    return count
