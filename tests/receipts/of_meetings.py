"""The forms of meetings of agencies and of action points, filled in."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from onroll.cases.models import ActionPoint, Case
from onroll.meetings import actions
from onroll.meetings.models import AgendaItem, Meeting
from onroll.rules.action_points import Fate, Origin
from tests.journeys.visitor import Visitor
from tests.receipts.filled import Filled, nothing
from tests.routes import World
from tests.routes.made.meetings import HERE

WHY = "Agreed on the telephone"
DECISION = {"action": "Look at the tenancy", "whom": "Ada Thrushley, housing"}


def _day(name: str, days: int) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def meeting(_world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the meeting that is going on."""
    return {"ref": Meeting.objects.get(place=HERE).ref}


def item(_world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the case on its agenda."""
    row = AgendaItem.objects.select_related("meeting").get(meeting__place=HERE)
    return {"ref": row.meeting.ref, "pk": row.pk}


def talked_about(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return the case on its agenda, of which it is written down what was said."""
    arguments = item(world, visitor)
    row = AgendaItem.objects.get(pk=arguments["pk"])
    actions.record_talk(item=row, words=WHY, by=world.people.max, at=timezone.localtime())
    return arguments


def to_end(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return the meeting, whose every case was talked about."""
    talked_about(world, visitor)
    return meeting(world, visitor)


def decision(_world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return what the meeting that has ended decided."""
    return {"ref": ActionPoint.objects.get(origin=Origin.MEETING).ref}


def new_file(_world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return what our school is asked for."""
    return {"ref": ActionPoint.objects.get(origin=Origin.CLOSING).ref}


def proposed(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return a meeting to which the register proposes our case, which is open for long."""
    long_ago = timezone.localdate() - timedelta(days=40)
    Case.objects.filter(pk=world.ours.pk).update(opened_on=long_ago, is_whereabouts_known=False)
    row = actions.plan_meeting(
        on=timezone.localdate(), place="Room 3", by=world.people.max, at=timezone.localtime()
    )
    return {"ref": row.ref}


FORMS: dict[str, Filled] = {
    "meetings:plan": Filled("Plan it", nothing, {"place": "Room 4", **_day("on", 3)}),
    "meetings:propose": Filled(
        "Put them on the agenda", proposed, lambda w: {"cases": [w.ours.ref]}
    ),
    "meetings:add": Filled("Put it on", proposed, lambda w: {"ref": w.ours.ref, "why": WHY}),
    "meetings:remove": Filled("Take it off", item, {"why": WHY}),
    "meetings:talk": Filled("Save", item, {"words": WHY, "is_decided": "no"}),
    "meetings:decide": Filled("Save", talked_about, {**DECISION, **_day("due_on", 7)}),
    "meetings:end": Filled("End it", to_end, {"people": "Ada Thrushley, housing"}),
    "cases:action_point": Filled(
        "Save what became of it",
        decision,
        {"fate": Fate.DONE.value, "result": WHY, **_day("on", 0)},
    ),
    "school:new_file": Filled(
        "Tell the council that it is sent", new_file, _day("on", 0), who="sam"
    ),
}
