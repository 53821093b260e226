"""What the night finds: children over age, children nobody has, cases that closed too soon."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from onroll.cases.actions.alerts import end_alerts, raise_alert
from onroll.cases.actions.closing import reopen_case
from onroll.cases.actions.opening import open_case
from onroll.cases.actions.report import Report
from onroll.cases.models import Alert, AlertKind, Case
from onroll.cases.queries import nowhere_known
from onroll.children.models import Place
from onroll.rules import age
from onroll.rules.policy import LocalPolicy
from onroll.schools.queries import calendar_for, our_policy


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
        if not case.alerts.filter(kind=AlertKind.OVER_AGE.value).exists():
            raise_alert(case=case, kind=AlertKind.OVER_AGE, at=at)
            raised += 1
    younger = Alert.objects.filter(kind=AlertKind.OVER_AGE.value, case__child__born_on__gt=born_by)
    end_alerts(younger, at=at)  # the date of birth was corrected
    return raised


@transaction.atomic
def open_for_nowhere_known(*, on: date, at: datetime) -> int:
    """Put every child on the register who is nowhere known to be (P01, P04); return how many.

    This is the net under everything else. A case whose closing holds no longer is opened again at
    once. A child who left somewhere gets a case after as many school days as the policy waits for
    a new school to say that the child arrived.
    """
    policy, calendar = our_policy(), calendar_for(None)
    opened = 0
    for child in nowhere_known(on=on):
        place = _place(child)
        if _is_closed_for_this(child, place):
            _reopen(child.last_case, at=at)
        elif place is None or calendar.between(place.to_on, on) <= _wait(policy, place):
            continue
        else:
            report = Report(
                reason="never_arrived" if child.is_expected_elsewhere else "on_no_list",
                clause="EA96 s.436A; policy p.3",
                source=place.ended_by or place.source,
                left_place=place,
                missing_since_on=place.to_on + timedelta(days=1),
                school=place.school,
            )
            open_case(child=child, report=report, on=on, at=at)
        opened += 1
    return opened


def _wait(policy: LocalPolicy, place: Any) -> int:
    """Return how many school days a new school has, by the policy of the day the child left."""
    return policy.on(place.to_on).arrival_school_days


def _place(child: Any) -> Any:
    """Return the place whose end left the child without one, with what its sentence needs."""
    if child.last_place is None:
        return None
    return Place.objects.select_related("school", "source", "ended_by").get(pk=child.last_place)


def _is_closed_for_this(child: Any, place: Any) -> bool:
    """Say whether the case closed last was about this very gap, and so should not be closed."""
    if child.last_case is None:
        return False
    closed_on = Case.objects.values_list("closed_on", flat=True).get(pk=child.last_case)
    return place is None or (closed_on is not None and closed_on >= place.to_on)


def _reopen(pk: int, *, at: datetime) -> None:
    case = reopen_case(case=Case.objects.get(pk=pk), why=_WHY, by=None, at=at)
    raise_alert(case=case, kind=AlertKind.REOPENED, at=at)


_WHY = "What closed the case holds no longer: the record shows no place where the child is."
