"""A meeting that has ended, and one of today that is going on, both about our case."""

from datetime import timedelta

from django.utils import timezone

from onroll.cases.actions import ActionFacts
from onroll.cases.models import Case
from onroll.meetings import actions
from tests.people import People

HERE = "Room 2"


def meet(everyone: People, ours: Case) -> None:
    """Hold a meeting with a decision that waits, and let another begin."""
    at = timezone.localtime()
    week = at.date() + timedelta(days=7)
    held, begun = (
        actions.plan_meeting(on=at.date(), place=place, by=everyone.max, at=at)
        for place in ("Online", HERE)
    )
    item = actions.put_on_by_hand(
        meeting=held, case=ours, why="Nobody found them.", by=everyone.max, at=at
    )
    decision = ActionFacts("Look at the tenancy", "Ada Thrushley, housing", week)
    words = "Housing knows a Sandmartin at the address."
    actions.record_talk(item=item, words=words, decision=decision, by=everyone.max, at=at)
    people = [("Ada Thrushley", "the housing desk")]
    actions.end_meeting(meeting=held, people=people, by=everyone.max, at=at)
    actions.put_on_by_hand(meeting=begun, case=ours, why="Again.", by=everyone.max, at=at)
