"""What someone must look at, until a person says what was done about it."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.locking import record
from onroll.cases.models import Alert, Case
from onroll.rules.pathway import MoveRefused


@transaction.atomic
def raise_alert(*, case: Case, kind: str, words: str, at: datetime) -> Alert:
    """Tell whoever works on the case that something needs a look; once while it is unsettled."""
    alert, is_new = Alert.objects.get_or_create(
        case=case, kind=kind, words=words, settled_at=None, defaults={"raised_at": at}
    )
    if is_new:
        record(case, "Alert raised", why=words, at=at, by=None)
    return alert


@transaction.atomic
def settle_alert(*, alert: Alert, why: str, by: User, at: datetime) -> Alert:
    """Settle an alert, saying what was done about it; MoveRefused when somebody has meanwhile."""
    alert = Alert.objects.select_for_update().select_related("case").get(pk=alert.pk)
    if alert.settled_at is not None:
        name = alert.settled_by.name if alert.settled_by else "Onroll"
        raise MoveRefused(f"{name} settled this alert meanwhile. What you wrote is not saved.")
    alert.settled_at, alert.settled_by, alert.settled_why = at, by, why
    alert.save(update_fields=["settled_at", "settled_by", "settled_why"])
    record(alert.case, "Alert settled", why=why, at=at, by=by)
    return alert
