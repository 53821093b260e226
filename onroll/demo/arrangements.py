"""How the made-up officers have arranged their work: who covers for whom, what was given together,
what is seen or muted, which views they keep, and who is written to once a day."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from onroll.accounts.actions import set_cover
from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Alert, AlertKind, Case
from onroll.cases.queries.grave import may_be_in_danger
from onroll.children.models import SourceKind
from onroll.messages.actions import choose_how_often
from onroll.rules.alerts import NEVER_MUTED
from onroll.rules.refusal import Refused

_LEAVE = timedelta(days=9)
_MUTES, _LOOKS, _TOGETHER = 3, 2, 3
_WHYS = (
    "The school sends the same list each week. Its office rings when the child comes.",
    "The mother has an appointment at the new school; we hear of it then.",
    "The health visitor looks next week, and tells us.",
)
_VIEWS = {
    "olive": {
        "Mine, overdue": {"owner": "me", "overdue": "yes"},
        "Mine, not seen for 20 days": {"owner": "me", "unseen": "20"},
    },
    "max": {
        "Nobody’s yet": {"owner": "nobody"},
        "Not looked at": {"unlooked": "yes", "sort": "owner"},
    },
}


def arrange(people: dict[str, User], *, at: datetime) -> None:
    """Let Max be on leave with Lena covering, and arrange the rest as it is today."""
    max_, lena, olive = people["max"], people["lena"], people["olive"]
    today = at.date()
    set_cover(
        absent=max_,
        colleague=lena,
        from_on=today,
        until_on=today + _LEAVE,
        by=max_,
        at=at,
        last=0,
    )
    _give_together(olive, by=max_, at=at)
    _quieten(olive, at=at)
    for first, views in _VIEWS.items():
        for name, filters in views.items():
            casework.save_view(user=people[first], name=name, filters=filters)
    choose_how_often(user=lena, is_daily=True, at=at)


def _give_together(owner: User, *, by: User, at: datetime) -> None:
    """Give an officer at once some cases that nobody has, and some of who goes on leave."""
    cases = Case.objects.open().order_by("opened_on", "pk")
    new, of_absent = cases.filter(owner=None), cases.filter(owner=by)
    some = [*new[: min(_TOGETHER, new.count() // 2)], *of_absent[: min(2, of_absent.count() // 2)]]
    casework.assign_cases(cases=[(case, case.version) for case in some], owner=owner, by=by, at=at)


def _quieten(owner: User, *, at: datetime) -> None:
    """Let an officer mute some of their alerts, and say of others that they have seen them."""
    for number, case in enumerate(_with_alerts(owner, at=at)):
        alerts = case.alerts.filter(settled_at__isnull=True).exclude(kind__in=NEVER_MUTED)
        first = alerts.order_by("pk").last()
        if first is None:
            continue
        facts: dict[str, Any] = {"case": case, "kind": first.kind, "newest": first.pk}
        facts |= {"by": owner, "at": at}
        with suppress(Refused):  # the child may be in danger
            if number < _MUTES:
                back_on = at.date() + timedelta(days=3 + 5 * number)
                casework.mute_alerts(**facts, back_on=back_on, why=_WHYS[number])
            else:
                casework.see_alerts(**facts)


def _with_alerts(owner: User, *, at: datetime) -> list[Case]:
    """Return some of an officer's cases with alerts; in a small borough too few have any, and the
    newest file that a child stands on is a lead to follow up."""
    mine = Case.objects.open().filter(owner=owner).exclude(may_be_in_danger()).order_by("pk")
    waiting = Alert.objects.filter(settled_at__isnull=True).exclude(kind__in=NEVER_MUTED)
    rows = list(mine.filter(pk__in=waiting.values("case"))[: _MUTES + _LOOKS])
    for case in mine.exclude(pk__in=[case.pk for case in rows]):
        places = case.child.places.exclude(source__kind=SourceKind.OFFICER.value)
        place = places.exclude(source__reference="").order_by("pk").last()
        if place is not None and len(rows) < _MUTES + _LOOKS:
            casework.raise_alert(case=case, kind=AlertKind.LEAD, source=place.source, at=at)
            rows.append(case)
    return rows
