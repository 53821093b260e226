"""Meetings, lines of their agendas, and what was decided and still waits."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.queries.own import is_own
from onroll.meetings.models import ActionPoint, AgendaItem, Meeting


def meetings_in_sight(user: User) -> QuerySet[Any]:
    """Return meetings, the latest first, each with the number of cases on its agenda (`cases`)."""
    rows = Meeting.objects.visible_to(user).defer("minutes")
    standing = Q(items__removed_at__isnull=True)
    return rows.annotate(cases=Count("items", filter=standing)).order_by("-on", "-pk")


def get_meeting(user: User, ref: str) -> Meeting:
    """Return a meeting that a person may see; Meeting.DoesNotExist else."""
    return Meeting.objects.visible_to(user).select_related("by", "ended_by").get(ref=ref)


def item_of(meeting: Meeting, user: User, pk: int, *, on: date) -> AgendaItem:
    """Return a line of an agenda whose case a person may see; AgendaItem.DoesNotExist else."""
    rows = AgendaItem.objects.visible_to(user, on=on).select_related("case__child", "meeting")
    item: AgendaItem = rows.get(meeting=meeting, pk=pk)
    return item


def decision_of(user: User, ref: str, *, on: date) -> ActionPoint:
    """Return a decision on a case that a person may see; ActionPoint.DoesNotExist else."""
    rows = ActionPoint.objects.visible_to(user, on=on)
    rows = rows.select_related("case__child", "item__meeting", "by", "done_by")
    row: ActionPoint = rows.defer("item__meeting__minutes").get(ref=ref)
    return row


def decisions_in_sight(user: User, *, on: date) -> QuerySet[Any]:
    """Return what was decided and still waits: on a person's own cases, or for who gives out cases
    on every one; the one that is due first on top."""
    if not may(user, Permission.CASE_WORK):
        rows = ActionPoint.objects.none()
    else:
        rows = ActionPoint.objects.visible_to(user, on=on).filter(done_on__isnull=True)
    own = Q() if may(user, Permission.CASE_OVERSEE) else is_own(user, on=on, case="case__")
    rows = rows.filter(own).select_related("case__child", "case__owner")
    return rows.order_by("due_on", "pk")
