"""What cases ask of a user today, counted as on the register (see `cases.offers`)."""

from datetime import date, datetime

from django.db.models import Count, Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.offers import Todo
from onroll.cases.queries.register import has_alert, is_overdue

REGISTER = "cases:register"


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return what the user's own cases ask for, and what all that they may see ask for.

    `at` is not used: clocks run out by the day.
    """
    match scope(user, Permission.CASE_LIST):
        case Scope.ALL:
            counts = _counts(user, on)
            return [*_mine(counts), *_everyones(user, on, counts)]
        case Scope.ASSIGNED:
            return _assigned(_counts(user, on))
        case _:
            return []


def _assigned(counts: dict[str, int]) -> list[Todo]:
    """Return the figures for users who see only the cases they work on."""
    return [
        _todo("open", counts, ("open case you are on", "open cases you are on")),
        _todo("overdue", counts, _OVERDUE_OF_THEM, meaning="late", overdue="yes"),
        _todo("alerts", counts, _ALERTS_OF_THEM, meaning="soon", alerts="yes"),
    ]


_OVERDUE_OF_THEM = ("of them with an overdue clock", "of them with an overdue clock")
_ALERTS_OF_THEM = ("of them with an alert", "of them with an alert")
_OVERDUE_OF_YOURS = ("of yours with an overdue clock", "of yours with an overdue clock")
_ALERTS_OF_YOURS = ("of yours with an alert", "of yours with an alert")


def _mine(counts: dict[str, int]) -> list[Todo]:
    mine = {"owner": "me"}
    return [
        _todo("mine", counts, ("open case of yours", "open cases of yours"), **mine),
        _todo("overdue_mine", counts, _OVERDUE_OF_YOURS, meaning="late", **mine, overdue="yes"),
        _todo("alerts_mine", counts, _ALERTS_OF_YOURS, meaning="soon", **mine, alerts="yes"),
    ]


def _todo(
    code: str, counts: dict[str, int], words: tuple[str, str], *, meaning: str = "", **query: str
) -> Todo:
    return Todo(code, counts[code], words, REGISTER, query, meaning, is_own=True)


def _everyones(user: User, on: date, counts: dict[str, int]) -> list[Todo]:
    """Return what needs anyone; records may also be of children whose case is closed."""
    cases = Case.objects.visible_to(user, on=on)
    return [
        Todo(
            "leads",
            cases.filter(has_alert("lead")),
            ("case where a record may be the child", "cases where a record may be the child"),
            REGISTER,
            {"alerts": "lead", "stage": "all"},
            "new",
        ),
        Todo(
            "unowned",
            counts["unowned"],
            ("open case without an owner", "open cases without an owner"),
            REGISTER,
            {"owner": "nobody"},
            "soon",
        ),
        Todo(
            "overdue",
            counts["overdue"],
            ("open case with an overdue clock", "open cases with an overdue clock"),
            REGISTER,
            {"overdue": "yes"},
            "late",
        ),
        Todo(
            "alerts",
            counts["alerts"],
            ("open case with an alert", "open cases with an alert"),
            REGISTER,
            {"alerts": "yes"},
            "soon",
        ),
        Todo(
            "looks",
            cases.filter(is_overdue(on), closed_on__isnull=False),
            ("closed case to look at again", "closed cases to look at again"),
            REGISTER,
            {"stage": "closed", "overdue": "yes"},
            "soon",
        ),
    ]


def _counts(user: User, on: date) -> dict[str, int]:
    """Return how many open cases need what, in all and of the user's own: one query."""
    mine, late, alert = Q(owner=user), Q(is_late=True), Q(is_noticed=True)
    cases = Case.objects.visible_to(user, on=on).open()
    figures: dict[str, int] = cases.annotate(
        is_late=is_overdue(on), is_noticed=has_alert()
    ).aggregate(
        open=Count("pk"),
        mine=Count("pk", filter=mine),
        unowned=Count("pk", filter=Q(owner__isnull=True)),
        overdue=Count("pk", filter=late),
        overdue_mine=Count("pk", filter=late & mine),
        alerts=Count("pk", filter=alert),
        alerts_mine=Count("pk", filter=alert & mine),
    )
    return figures
