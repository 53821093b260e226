"""How the made-up officers have arranged their work: who covers for whom, what was given together,
what is seen or muted, which views they keep, and who is written to once a day."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from onroll.accounts.actions import set_cover
from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Alert, Case
from onroll.messages.actions import choose_how_often
from onroll.rules.alerts import NEVER_MUTES
from onroll.rules.refusal import Refused

_LEAVE = timedelta(days=9)
_MUTES, _LOOKS, _TOGETHER = 3, 2, 4
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
    """Give some of the cases that nobody has to one officer at once, and leave the others."""
    new = Case.objects.open().filter(owner=None).order_by("opened_on", "pk")
    some = new[: min(_TOGETHER, new.count() // 2)]
    casework.assign_cases(cases=[(case, case.version) for case in some], owner=owner, by=by, at=at)


def _quieten(owner: User, *, at: datetime) -> None:
    """Let an officer mute some of their alerts, and say of others that they have seen them."""
    alerts = Alert.objects.filter(
        case__owner=owner, case__closed_on__isnull=True, settled_at__isnull=True
    )
    newest = {(row.case_id, row.kind): row for row in alerts.exclude(kind__in=NEVER_MUTES)}
    rows = sorted(newest.values(), key=lambda row: row.pk)[: 2 * (_MUTES + _LOOKS) : 2]
    for number, row in enumerate(rows):
        last = max(a.pk for a in alerts if (a.case_id, a.kind) == (row.case_id, row.kind))
        facts: dict[str, Any] = {
            "case": row.case,
            "kind": row.kind,
            "newest": last,
            "by": owner,
            "at": at,
        }
        with suppress(Refused):  # the child may be in danger
            if number < _MUTES:
                back_on = at.date() + timedelta(days=3 + 5 * number)
                casework.mute_alerts(**facts, back_on=back_on, why=_WHYS[number])
            else:
                casework.see_alerts(**facts)
