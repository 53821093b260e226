"""Every write to meetings of agencies: the agenda, what was said and decided, and the minutes."""

from onroll.meetings.actions.agenda import put_on, put_on_by_hand, take_off
from onroll.meetings.actions.decisions import decide, record_talk
from onroll.meetings.actions.meetings import end_meeting, plan_meeting

__all__ = [
    "decide",
    "end_meeting",
    "plan_meeting",
    "put_on",
    "put_on_by_hand",
    "record_talk",
    "take_off",
]
