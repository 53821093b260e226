"""Background jobs of intake, and the steps a file goes through."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.intake import actions
from onroll.intake.models import Transfer, TransferStage


@app.task(name="intake.process", lock="intake")
def process(transfer_id: int) -> None:
    """Read, match and apply one file, from wherever it has come to."""
    take_through(transfer_id, at=timezone.now(), actor="worker:intake")


def take_through(transfer_id: int, *, at: datetime, actor: str) -> Transfer:
    """Take a file as far as it will go, one transaction a step, and return it."""
    with acting(actor=actor):
        transfer = actions.read_file(transfer_id=transfer_id, at=at)
    while transfer.stage == TransferStage.READ.value:
        with acting(actor=actor):
            transfer = actions.work_batch(transfer_id=transfer_id, at=at)
    return transfer
