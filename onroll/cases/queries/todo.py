"""What cases ask of a user today, counted as on the register (see `cases.offers`)."""

from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Alert, Case
from onroll.cases.offers import Todo
from onroll.cases.queries.action_points import action_todos
from onroll.cases.queries.overseen import manager_todos
from onroll.cases.queries.register import has_alert, is_overdue
from onroll.cases.queries.seals import seal_todos
from onroll.clocks.models import Deadline, Subject

REGISTER = "cases:register"


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return what the user's own cases ask for, and what all that they may see ask for.

    `at` is not used: clocks run out by the day.
    """
    return [*_of_cases(user, on), *action_todos(user, on=on)]


def _of_cases(user: User, on: date) -> list[Todo]:
    cases = Case.objects.visible_to(user, on=on)
    match scope(user, Permission.CASE_LIST):
        case Scope.ALL:
            return [
                *_mine(user, cases.open(), on),
                *manager_todos(user, on=on),
                *seal_todos(user, on=on),
                *_everyones(cases, cases.open(), on),
            ]
        case Scope.ASSIGNED:
            return _assigned(cases.open(), on)
        case _:
            return []


def _assigned(cases: QuerySet[Case], on: date) -> list[Todo]:
    """Return the figures for users who see only the cases they work on."""
    return [
        _todo("open", cases, ("open case you are on", "open cases you are on"), is_own=True),
        _overdue("overdue", cases, _OVERDUE_OF_THEM, on, is_own=True),
        _alerts("alerts", cases, _ALERTS_OF_THEM, is_own=True),
    ]


_OVERDUE_OF_THEM = (
    "open case you are on with an overdue clock",
    "open cases you are on with an overdue clock",
)
_ALERTS_OF_THEM = ("open case you are on with an alert", "open cases you are on with an alert")
_OVERDUE_OF_YOURS = (
    "open case of yours with an overdue clock",
    "open cases of yours with an overdue clock",
)
_ALERTS_OF_YOURS = ("open case of yours with an alert", "open cases of yours with an alert")


def _mine(user: User, cases: QuerySet[Case], on: date) -> list[Todo]:
    rows, mine = cases.filter(owner=user), {"owner": "me"}
    words = ("open case of yours", "open cases of yours")
    return [
        _todo("mine", rows, words, query=mine, is_own=True),
        _overdue("overdue_mine", rows, _OVERDUE_OF_YOURS, on, query=mine, is_own=True),
        _alerts("alerts_mine", rows, _ALERTS_OF_YOURS, query=mine, is_own=True),
    ]


def _everyones(cases: QuerySet[Case], opened: QuerySet[Case], on: date) -> list[Todo]:
    """Return what needs anyone; records may also be of children whose case is closed."""
    unowned = opened.filter(owner__isnull=True)
    of_nobody = ("open case without an owner", "open cases without an owner")
    overdue = ("open case with an overdue clock", "open cases with an overdue clock")
    return [
        _alerts("leads", cases, _LEADS, "lead", query={"stage": "all"}),
        _todo("unowned", unowned, of_nobody, query={"owner": "nobody"}, meaning="soon"),
        _overdue("overdue", opened, overdue, on),
        _alerts("alerts", opened, ("open case with an alert", "open cases with an alert")),
        _overdue("looks", cases.filter(closed_on__isnull=False), _LOOKS, on, is_closed=True),
    ]


_LEADS = ("case where a record may be the child", "cases where a record may be the child")
_LOOKS = ("closed case to look at again", "closed cases to look at again")


def _alerts(
    code: str, cases: QuerySet[Case], words: tuple[str, str], kind: str = "", **more: Any
) -> Todo:
    """Return the cases with an alert, or one of a kind, the oldest by when it was raised."""
    alerts = Alert.objects.filter(case=OuterRef("pk"), settled_at__isnull=True)
    alerts = alerts.filter(kind=kind) if kind else alerts
    since = Subquery(alerts.order_by("raised_at").values("raised_at")[:1])
    query = {"alerts": kind or "yes", **more.pop("query", {})}
    meaning = "new" if kind else "soon"
    rows = cases.filter(has_alert(kind))
    return _todo(code, rows, words, query=query, meaning=meaning, since=since, **more)


def _overdue(
    code: str,
    cases: QuerySet[Case],
    words: tuple[str, str],
    on: date,
    *,
    is_closed: bool = False,
    **more: Any,
) -> Todo:
    """Return the cases with an overdue clock, the oldest by when the first of these was due."""
    running = Deadline.objects.of_each(Subject.CASE, OuterRef("pk")).running()
    since = Subquery(running.order_by("due_on").values("due_on")[:1])
    query = {"stage": "closed"} if is_closed else {}
    query |= {"overdue": "yes", **more.pop("query", {})}
    meaning = "soon" if is_closed else "late"
    rows = cases.filter(is_overdue(on))
    return _todo(
        code, rows, words, query=query, meaning=meaning, since=since, is_by_day=True, **more
    )


def _todo(code: str, rows: Any, words: tuple[str, str], **more: Any) -> Todo:
    """Return an item whose rows are cases: the oldest by the day it was opened, if not said."""
    if "since" not in more:
        more |= {"since": "opened_on", "is_by_day": True}
    return Todo(code, rows, words, REGISTER, owner="owner__name", **more)
