"""A person looked at an unsure record and cannot say yet."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.intake.models import Decision, Row, RowStage
from onroll.rules.refusal import Refused


@transaction.atomic
def set_aside(*, row: Row, why: str, by: User, at: datetime) -> Decision:
    """Keep that a person looked at an unsure record and is not sure yet; it goes on waiting."""
    row = Row.objects.select_for_update().get(pk=row.pk)
    if row.stage != RowStage.UNSURE.value:
        raise Refused("Someone has already settled this record. Nothing was changed.")
    return Decision.objects.create(
        row=row, fingerprint=row.fingerprint, verdict="not_sure", why=why, at=at, by=by
    )
