"""The made-up officers' work on the cases that files opened, and on records they left unsure."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any, TypeVar

from onroll.accounts.models import User
from onroll.audit.actions import acting
from onroll.cases import actions as casework
from onroll.cases.models import Alert, Case
from onroll.children.models import Place
from onroll.demo.council import ACTOR
from onroll.demo.fates import fates_of
from onroll.intake import actions as intake
from onroll.intake import queries as waiting
from onroll.intake.models import Row
from onroll.rules import confirmations, pathway
from onroll.rules.outcomes import Answer
from onroll.schools.queries import calendar_for

Item = TypeVar("Item")


@dataclass
class Officers:
    """A day's work on what is new: not all of it gets done, as in life."""

    people: dict[str, User]
    chance: Random
    at: datetime
    untrue: frozenset[tuple[str, int]]

    def work(self) -> None:
        """Take up new cases, write notes, close some of those found, settle some unsure records."""
        with acting(actor=ACTOR):
            self._take_up()
            self._close_found()
            self._settle()

    def _some(self, of: list[Item], share: float) -> list[Item]:
        return [item for item in of if self.chance.random() < share]

    def _take_up(self) -> None:
        """Assign half of the new cases, start work on each and write a note."""
        new = Case.objects.open().filter(owner=None).order_by("pk")
        for case in self._some(list(new), 0.5):
            owner = self.people[self.chance.choice(["olive", "olive", "max"])]
            casework.assign_case(case=case, owner=owner, by=owner, at=self.at)
            if case.stage == pathway.Stage.REPORTED.value:
                why = "Looked at the file and the record; asked the school what it knows."
                casework.move_case(case=case, move=pathway.START, why=why, at=self.at, by=owner)
            text = self.chance.choice(_NOTES)
            casework.add_note(case=case, text=text, by=owner, at=self.at)

    def _close_found(self) -> None:
        """Close half of the cases whose child has come to a school, as its office confirms it."""
        located = Alert.objects.filter(
            kind="located", settled_at=None, place__school__isnull=False, case__owner__isnull=False
        ).select_related("case__owner", "place__school")
        for alert in self._some(list(located.order_by("case_id")), 0.5):
            place = alert.place
            if place is None or place.from_on is None:
                continue
            self._close(alert.case, place, place.from_on)

    def _close(self, case: Case, place: Place, began_on: date) -> None:
        """Close a case with a place; it stays open where the record has the child elsewhere too."""
        attended_on = calendar_for(place.school).school_day_on_or_after(began_on)
        with suppress(casework.FactsRefused):
            casework.close_case(
                case=case,
                outcome="on_roll",
                facts={
                    "school": place.school,
                    "starts_on": began_on,
                    "attended_on": attended_on,
                    "confirmed_by": "The office of the school",
                    "confirmed_how": "telephone",
                    "confirmed_on": self.at.date(),
                },
                why="The new school's office confirmed by telephone that the child attends.",
                fates=fates_of(case),
                by=case.owner or self.people["olive"],
                at=self.at,
            )

    def _settle(self) -> None:
        for row in waiting.rows_to_confirm(self.people["olive"])[:40]:
            if self.chance.random() < 0.5:
                is_true = (row.transfer.sha256, row.number) not in self.untrue
                intake.confirm_row(
                    row=row,
                    is_as_said=is_true,
                    facts=_stated(row, self.at.date()) if is_true else None,
                    why="Confirmed by telephone." if is_true else "Nobody there knows the child.",
                    by=self.people["olive"],
                    at=self.at,
                )


def _stated(row: Row, on: date) -> dict[str, Any]:
    """Return what an officer would have been told of a claim that is true."""
    answers: dict[Answer, Any] = {
        Answer.DAY: on,
        Answer.MEANS: "telephone",
        Answer.SCHOOL: "A school in another county",
        Answer.TEXT: "1 Invented Street, Anytown",
    }
    words = {"country": "Ireland", "provider": "A school in Dublin", "notice_by": "The mother"}
    return {
        fact.code: answers.get(fact.answer, words.get(fact.code, "Mrs Office, the school’s office"))
        for fact in confirmations.facts_of(row.effect)
    }


_NOTES = (
    "Rang both numbers on file; no answer. Left a message.",
    "The school's attendance officer visited the home; the flat is empty.",
    "Asked Admissions whether an application has been made anywhere in London.",
    "A neighbour says the family moved out at half-term. No address.",
    "Grandmother says they are staying with relatives in another borough.",
)
