"""The demo's past, lived through the real pipeline: lists loaded, files taken in, nights passed."""

import csv
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from onroll.accounts.models import User
from onroll.audit.actions import acting
from onroll.cases import actions as casework
from onroll.cases.models import Alert, Case
from onroll.cases.tasks import look_over
from onroll.children.models import Place
from onroll.clocks.tasks import raise_all
from onroll.demo.chance import stream
from onroll.demo.directory import write_directory
from onroll.demo.hub import Hub
from onroll.demo.movement import Year
from onroll.demo.people import add_people
from onroll.demo.referring import ToldReferral, draw_referrals
from onroll.demo.rolls import Lists, write_rolls
from onroll.demo.truth import FileTruth, Truth
from onroll.formats.gias import read_establishments
from onroll.formats.onspd import read_names, read_postcodes
from onroll.intake import actions as intake
from onroll.intake import queries as waiting
from onroll.intake.models import Row
from onroll.intake.tasks import take_through
from onroll.messages.actions import deliver
from onroll.messages.kinds import Letter
from onroll.messages.models import Way
from onroll.messages.queries import to_send
from onroll.postcodes import actions as postcodes
from onroll.reports.actions import issue_weekly
from onroll.rules import confirmations, pathway
from onroll.rules.outcomes import Answer
from onroll.schools import actions as schools
from onroll.schools.queries import calendar_for, find_school

LONDON = ZoneInfo("Europe/London")
ACTOR = "demo"
Item = TypeVar("Item")
Tell = Callable[[str, int, int], None]
"""Says how far a step is: its name, how much is done, how much there is."""


@dataclass
class Weeks:
    """The weeks from a borough's opening to `now`, as its council lived them."""

    year: Year
    folder: Path
    truth: Truth
    now: datetime
    tell: Tell
    has_officers: bool = True
    people: dict[str, User] = field(default_factory=dict)

    def live(self) -> None:
        """Load the borough, take its files in day by day, and do some of the officers' work."""
        self._load_lists(write_rolls(self.year, self.folder))
        days = list(self._days())
        for n, (day, files) in enumerate(days, start=1):
            self._pass_night(day)
            if self.has_officers:
                self._refer(day)
            self._take_in(day, files)
            self.tell("Weeks of files", n, len(days))

    def _at(self, day: date, hour: int) -> datetime:
        return min(datetime.combine(day, time(hour), LONDON), self.now)

    def _load_lists(self, lists: Lists) -> None:
        opens_on = self.year.borough.opens_on
        with acting(actor=ACTOR):
            schools.load_authorities()
            schools.load_schools(
                establishments=read_establishments(lists.establishments), reporting_to="310"
            )
            for term in _lines(lists.terms):
                schools.set_term(
                    name=term["name"],
                    starts_on=date.fromisoformat(term["starts_on"]),
                    ends_on=date.fromisoformat(term["ends_on"]),
                )
            for closure in _lines(lists.closures):
                number = closure["school"]
                schools.close_on(
                    on=date.fromisoformat(closure["on"]),
                    why=closure["why"],
                    school=find_school(la_code=number[:3], establishment=number[3:]),
                )
            directory, names = write_directory(self.year, self.folder)
            postcodes.load_postcodes(rows=read_postcodes(directory))
            postcodes.load_names(names=read_names(names))
            self.people = add_people(at=self._at(opens_on, 8))
        for n, roll in enumerate(lists.rolls, start=1):
            self._receive(roll, self._at(opens_on, 9))
            self.tell("Opening rolls", n, len(lists.rolls))

    def _receive(self, path: Path, at: datetime) -> None:
        with acting(actor=ACTOR):
            received = intake.receive(
                content=path.read_bytes(), name=path.name, how="folder", at=at
            )
        for result in received:
            take_through(result.transfer.pk, at=at, actor=ACTOR)

    def _days(self) -> Iterator[tuple[date, list[FileTruth]]]:
        sent = [file for file in self.truth.files if file.sent_on <= self.now.date()]
        sent.sort(key=lambda file: (file.sent_on, file.path))
        by_day = {day: list(files) for day, files in groupby(sent, key=lambda f: f.sent_on)}
        day = self.year.borough.opens_on
        while day <= self.now.date():
            yield day, by_day.get(day, [])
            day += timedelta(days=1)

    def _pass_night(self, day: date) -> None:
        if day.weekday() == 0 and day - timedelta(days=7) >= self.year.borough.opens_on:
            with acting(actor=ACTOR):
                at = self._at(day, 5)
                issue_weekly(week_starts_on=day - timedelta(days=7), at=at)
                for message_id in to_send(at=at):
                    deliver(message_id=message_id, send=_arrives, at=at)
        raise_all(self._at(day, 3))
        look_over(self._at(day, 4))

    def _take_in(self, day: date, files: list[FileTruth]) -> None:
        for file in files:
            self._receive(self.folder / file.path, self._at(day, 16))
        if files and self.has_officers and day < self.now.date() - timedelta(days=3):
            chance = Random(f"{self.year.borough.seed} {day}")
            Officers(self.people, chance, self._at(day, 17), self._untrue).work()

    def _refer(self, day: date) -> None:
        """Let the hub work on earlier referrals in the morning, and take in those of the day."""
        with acting(actor=ACTOR):
            if day.weekday() < 5 and self._at(day, 10) < self.now:
                self.hub.work(at=self._at(day, 10))
            told = [referral for referral in self._told if referral.on == day]
            self.hub.receive(told, latest=self.now)

    @cached_property
    def hub(self) -> Hub:
        """The hub, and the references it gave to senders."""
        return Hub(self.people, stream(self.year.borough.seed, "hub"))

    @cached_property
    def _told(self) -> list[ToldReferral]:
        return draw_referrals(self.year, until=self.now.date())

    @cached_property
    def _untrue(self) -> frozenset[tuple[str, int]]:
        """Return the records whose school believed in a place that is not there: hash and number.

        Officers who ask at that place hear so; the demo's would otherwise confirm at random.
        """
        hashes = {file.path: file.sha256 for file in self.truth.files}
        untrue = {leaver.key for leaver in self.truth.leavers if leaver.is_false}
        rows = (row for row in self.truth.rows if row.event in untrue)
        return frozenset((hashes[row.file], row.index) for row in rows)


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


def _arrives(_letter: Letter, _way: Way, _address: str) -> None:
    """Deliver a message: in the made-up past, each was read on its Monday."""


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
