"""What the night finds: clocks run out, children over age, children nobody has."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from onroll.cases.actions.alerts import raise_alert
from onroll.cases.actions.clocks import overdue_words
from onroll.cases.actions.opening import open_case
from onroll.cases.models import (
    Case,
    Deadline,
)
from onroll.cases.queries import nowhere_known
from onroll.rules import age
from onroll.schools.queries import calendar_for, our_policy


@transaction.atomic
def raise_due(*, on: date, at: datetime) -> int:
    """Raise an alert for every clock that ran out before `on`, once each; return how many."""
    overdue = (
        Deadline.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(
            met_on__isnull=True,
            due_on__lt=on,
            raised_at__isnull=True,
            case__closed_on__isnull=True,
        )
        .select_related("case")
    )
    raised = 0
    for deadline in overdue:
        raise_alert(case=deadline.case, kind="overdue", words=overdue_words(deadline), at=at)
        deadline.raised_at = at
        deadline.save(update_fields=["raised_at"])
        raised += 1
    return raised


@transaction.atomic
def raise_ageing_out(*, on: date, at: datetime) -> int:
    """Alert on open cases whose child is past compulsory school age; never close them silently."""
    leaving = age.leaving_date(on.year if on > age.leaving_date(on.year) else on.year - 1)
    born_by = date(leaving.year - 16, 8, 31)
    raised = 0
    for case in Case.objects.open().filter(child__born_on__lte=born_by).select_related("child"):
        born = case.child.born_on
        if born is None or on <= age.ends_on(born):
            continue
        words = (
            f"Over compulsory school age since {age.ends_on(born):%-d %B %Y}. "
            "Close with that outcome, and tell the post-16 service."
        )
        if not case.alerts.filter(kind="over_age").exists():
            raise_alert(case=case, kind="over_age", words=words, at=at)
            raised += 1
    return raised


@transaction.atomic
def open_for_never_arrived(*, on: date, at: datetime) -> int:
    """Open a case for each child who left somewhere and is nowhere known to be, in time (P01, P04).

    This is the net under everything else: of compulsory school age, no place known today, left
    more school days ago than the policy waits, and no case since. Returns how many were opened.
    """
    policy = our_policy()
    calendar = calendar_for(None)
    opened = 0
    for place in nowhere_known(on=on):
        waited = calendar.between(place.to_on, on) if place.to_on else 0
        if waited <= policy.arrival_school_days or place.to_on is None:
            continue
        source = place.ended_by or place.source
        open_case(
            child=place.child,
            reason="never_arrived" if place.is_expected_elsewhere else "on_no_list",
            because=_never_arrived(place, waited),
            clause="EA96 s.436A; policy p.3",
            source=source,
            row=None,
            missing_since_on=place.to_on + timedelta(days=1),
            on=on,
            at=at,
            school=place.school,
            calendar=calendar,
            policy=policy,
        )
        opened += 1
    return opened


def _never_arrived(place: Any, waited: int) -> str:
    where = place.title or place.kind.replace("_", " ")
    left = f"Left {where} on {place.to_on:%-d %B %Y}, {waited} school days ago."
    if place.is_expected_elsewhere:
        return f"{left} A new place was named, and nobody there has said that the child arrived."
    return f"{left} Nobody has said where the child went."
