"""Meetings, and lines of their agendas."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from onroll.accounts.models import User
from onroll.meetings.models import AgendaItem, Meeting


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
