"""What is to be done on cases: the list, one of it, and its part of Today, a case and its story."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases.models import ActionPoint, Case
from onroll.cases.offers import Coming, Event, EventKind, Panel, Part, Todo
from onroll.cases.queries.case import may_on
from onroll.cases.queries.names import name_of
from onroll.cases.queries.own import is_own, name_of_absent
from onroll.cases.words import meaning
from onroll.rules.action_points import Origin
from onroll.rules.day import Call
from onroll.rules.hours import ENGLAND

_KINDS = {
    Origin.MEETING: EventKind.MEETING,
    Origin.CASE_AUDIT: EventKind.CASE_AUDIT,
    Origin.CLOSING: EventKind.CASE,
}


def actions_in_sight(user: User, *, on: date) -> QuerySet[Any]:
    """Return what is still to be done: on a person's own cases, or for who watches over the
    casework on every one, closed cases among them; the one that is due first on top."""
    if not may(user, Permission.CASE_WORK):
        return ActionPoint.objects.none()
    own = Q() if may(user, Permission.CASE_OVERSEE) else is_own(user, on=on, case="case__")
    rows = ActionPoint.objects.visible_to(user, on=on).open().filter(own)
    rows = rows.annotate(covered_for=name_of_absent(user, on=on, case="case__"))
    return rows.select_related("case__child", "case__owner").order_by("due_on", "pk")


def action_of(user: User, ref: str, *, on: date) -> ActionPoint:
    """Return an action point of a case that a person may see; ActionPoint.DoesNotExist else."""
    rows = ActionPoint.objects.visible_to(user, on=on)
    return rows.select_related("case__child", "by", "done_by", "goes_on_by").get(ref=ref)


def open_actions_of(case: Case) -> QuerySet[ActionPoint]:
    """Return what is still to be done on a case, the one that is due first on top."""
    return ActionPoint.objects.filter(case=case).open().order_by("due_on", "pk")


def actions_by_case(origin: Origin, ref: str) -> Mapping[int, list[ActionPoint]]:
    """Return what a meeting or an audit asked for, by the key of the case; one query."""
    by_case = defaultdict(list)
    rows = ActionPoint.objects.of(origin, ref).select_related("case", "by", "done_by")
    for row in rows.order_by("pk"):
        by_case[row.case_id].append(row)
    return by_case


def action_todos(user: User, *, on: date) -> list[Todo]:
    """Return how many action points wait for a person."""
    if not may(user, Permission.CASE_WORK):
        return []
    return [
        Todo(
            "action_points",
            actions_in_sight(user, on=on),
            ("action point to be done", "action points to be done"),
            "cases:action_points",
            meaning="soon",
            since="at",
            owner=F("case__owner__name"),
            call=Call.WAITS,
            call_if_late=Call.LOCAL_OVERDUE,
            presses=Q(due_on__lt=on),
            is_silent_at_none=True,
        )
    ]


def coming_actions(user: User, *, on: date, until: date) -> list[Coming]:
    """Return by when action points are to be done; one query."""
    return [
        Coming(
            on=row.due_on,
            words=f"Action point: {row.rule.title.lower()}",
            about=name_of(row.case.child, user),
            ref=row.case.ref,
            url=page_address("cases:action_point", row.ref),
            child=row.case.child_id,
            covered_for=row.covered_for or "",
        )
        for row in actions_in_sight(user, on=on).filter(due_on__range=(on, until))
    ]


def actions_panel(case: Case, user: User, rows: Iterable[ActionPoint], *, on: date) -> Panel | None:
    """Return what is still to be done on a case; None where nothing is."""
    lines = [(row, meaning(row.due_on, on=on)) for row in rows]
    if not lines:
        return None
    context = {
        "case": case,
        "lines": lines,
        "may_work": may_on(user, Permission.CASE_WORK, case),
    }
    return Panel("cases/panels/action_points.html", context, ("action points",), Part.DUE)


def action_rows(case: Case) -> QuerySet[ActionPoint]:
    """Return every action point of a case, for its chronology."""
    rows = ActionPoint.objects.filter(case=case)
    return rows.select_related("by", "done_by", "goes_on_by")


def action_events(rows: Iterable[ActionPoint]) -> Iterator[Event]:
    """Yield that each was asked for, who goes on with it after the case closed, and its end."""
    for row in rows:
        asked = f"{row.rule.asked} {_in_a_sentence(row)}: {row.words}"
        yield _event(row, row.at, asked, f"Who does it: {row.whom}", row.by)
        if row.goes_on_at:
            goes_on = f"Goes on though the case is closed: {row.words}"
            who = f"Who does it: {row.goes_on_with}"
            yield _event(row, row.goes_on_at, goes_on, who, row.goes_on_by)
        if row.done_at:
            end = "Given up" if row.is_given_up else "Done"
            ended = f"{end}, of the {_in_a_sentence(row)}: {row.words}"
            is_same_day = row.done_on == row.done_at.astimezone(ENGLAND).date()
            day = None if is_same_day else row.done_on
            yield _event(row, row.done_at, ended, row.result, row.done_by, day)


def _in_a_sentence(row: ActionPoint) -> str:
    return row.rule.name(row.origin_ref)[0].lower() + row.rule.name(row.origin_ref)[1:]


def _event(
    row: ActionPoint, at: Any, what: str, words: str, by: User | None, day: date | None = None
) -> Event:
    kind = _KINDS[Origin(row.origin)]
    return Event(at, what, words, by, day, kind, row.rule.title)
