"""The made-up agencies meet every second Tuesday about the children whom nobody finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.actions import ActionFacts
from onroll.cases.models import ActionPoint, Case
from onroll.meetings import actions, queries
from onroll.meetings.models import AgendaItem, Meeting
from onroll.rules.action_points import Fate, Origin
from onroll.rules.hours import ENGLAND

_PLACE = "Civic Centre, Committee Room 3"
_HOUR = time(10)
_TUESDAY = 1
_MOST = 6
_PEOPLE = (
    ("Ada Thrushley", "housing"),
    ("Ben Oakhanger", "school nursing"),
    ("PC Carys Wren", "police"),
    ("Dev Larkspur", "social care"),
)
_SAID = (
    "Housing: the tenancy ended in the summer. Health: no new GP is on record.",
    "Police: nothing is known. Social care: no open work with the family.",
    "Health: the family is registered with a GP in another borough. Housing knows no address.",
)
_DECIDED = (
    ("Look at the tenancy and the council tax of the last address", "Ada Thrushley, housing"),
    ("Ask the new GP for the address on record", "Ben Oakhanger, school nursing"),
    ("Check whether the family is known abroad", "PC Carys Wren, police"),
)
_RESULTS = dict(
    zip(
        (words for words, _ in _DECIDED),
        (
            "The tenancy was handed back in August, and no new address was given.",
            "The surgery has an address in Brent, which we asked about.",
            "Nothing is known. Border Force was asked as well.",
        ),
        strict=True,
    )
)


@dataclass
class Chair:
    """Who plans the meetings, writes down what is said, and ends them: the manager."""

    people: dict[str, User]
    chance: Random

    def work(self, *, at: datetime) -> None:
        """Plan the next meeting, hold the one of today, and write down what came of the last."""
        by = self.people["max"]
        day = at.astimezone(ENGLAND).date()
        is_needed = Case.objects.filter(closed_on__isnull=True).exists()
        if is_needed and not Meeting.objects.filter(ended_at__isnull=True).exists():
            is_held = Meeting.objects.filter(on=day).exists()
            on = _next(day + timedelta(days=is_held))
            actions.plan_meeting(on=on, starts_at=_HOUR, place=_PLACE, by=by, at=at)
        if at.astimezone(ENGLAND).time() > _HOUR:
            for meeting in Meeting.objects.filter(ended_at__isnull=True, on__lte=day):
                self._hold(meeting, by, at)
        self._follow(by, at)

    def _hold(self, meeting: Meeting, by: User, at: datetime) -> None:
        day = at.astimezone(ENGLAND).date()
        proposals = queries.proposals(meeting, by, on=day)[:_MOST]
        if not proposals:
            return
        chosen = {row.case: row.grounds for row in proposals}
        items = actions.put_on(meeting=meeting, cases=chosen, by=by, at=at)
        self._talk(items, by, at)
        actions.end_meeting(meeting=meeting, people=_PEOPLE, by=by, at=at)

    def _talk(self, items: Sequence[AgendaItem], by: User, at: datetime) -> None:
        day = at.astimezone(ENGLAND).date()
        for item in items:
            words, whom = self.chance.choice(_DECIDED)
            due_on = day + timedelta(days=self.chance.choice((3, 7, 14)))
            decision = ActionFacts(words, whom, due_on) if self.chance.random() < 0.8 else None
            said = self.chance.choice(_SAID)
            actions.record_talk(item=item, words=said, decision=decision, by=by, at=at)

    def _follow(self, by: User, at: datetime) -> None:
        """Write down what came of some of what is due."""
        day = at.astimezone(ENGLAND).date()
        rows = ActionPoint.objects.open().filter(origin=Origin.MEETING, due_on__lte=day)
        for row in rows.order_by("pk"):
            if self.chance.random() < 0.5:
                result = _RESULTS[row.words]
                casework.finish_action_point(
                    action=row, fate=Fate.DONE, on=day, result=result, by=by, at=at
                )


def _next(day: date) -> date:
    """Return the next Tuesday of an even week, a day itself among them."""
    on = day + timedelta(days=(_TUESDAY - day.weekday()) % 7)
    return on if on.isocalendar().week % 2 == 0 else on + timedelta(days=7)
