"""What someone must look at, until a person says what was done about it or its cause is gone."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.cases import words
from onroll.cases.actions.lock import record
from onroll.cases.actions.telling import tell_workers
from onroll.cases.models import Alert, AlertKind, Case
from onroll.children.models import Place, Source
from onroll.messages.models import Kind
from onroll.rules.refusal import Refused


@transaction.atomic
def raise_alert(
    *,
    case: Case,
    kind: AlertKind,
    at: datetime,
    place: Place | None = None,
    source: Source | None = None,
    row: int | None = None,
    quote: str = "",
    is_unsure: bool = False,
) -> Alert:
    """Tell whoever works on the case that something needs a look; once while it is not settled.

    `place`, or `source` and `row`, are the facts it is about; `quote` is what the source says.
    """
    alert, is_new = Alert.objects.get_or_create(
        case=case,
        kind=kind.value,
        place=place,
        source=source,
        source_row=row,
        settled_at=None,
        defaults={"raised_at": at, "quote": quote, "is_unsure": is_unsure},
    )
    if is_new:
        record(case, "Alert raised", why=words.describe_alert(alert), at=at, by=None)
        if kind is not AlertKind.UNTRACED:
            tell_workers(case=case, kind=Kind.CASE_ALERT, at=at)
    elif alert.is_unsure and not is_unsure:
        alert.is_unsure, alert.quote = False, quote
        alert.save(update_fields=["is_unsure", "quote"])
    return alert


@transaction.atomic
def settle_alert(*, alert: Alert, why: str, by: User, at: datetime) -> Alert:
    """Settle an alert, saying what was done about it; Refused when somebody has meanwhile."""
    alert = (
        Alert.objects.select_for_update(of=("self",))
        .select_related("case", "settled_by")
        .get(pk=alert.pk)
    )
    if alert.settled_at is not None:
        name = alert.settled_by.name if alert.settled_by else "Onroll"
        raise Refused(f"{name} settled this alert meanwhile. What you wrote is not saved.")
    alert.settled_at, alert.settled_by, alert.settled_why = at, by, why
    alert.save(update_fields=["settled_at", "settled_by", "settled_why"])
    record(alert.case, "Alert settled", why=why, at=at, by=by)
    return alert


def end_alerts(alerts: "QuerySet[Alert]", *, at: datetime, by: User | None = None) -> int:
    """End alerts whose cause is gone: nobody is asked about them any more. Return how many."""
    return alerts.filter(settled_at__isnull=True).update(settled_at=at, settled_by=by)


@transaction.atomic
def end_leads(*, source: Source, row: int, except_case: Case | None, at: datetime) -> int:
    """End what a record was thought to tell of, once it is settled whose record it is."""
    unsure = Alert.objects.filter(
        kind=AlertKind.LEAD.value, source=source, source_row=row, is_unsure=True
    )
    if except_case is not None:
        unsure = unsure.exclude(case=except_case)
    return end_alerts(unsure, at=at)
