"""The demo's past, lived through the real pipeline: lists loaded, files taken in, nights passed."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from pathlib import Path
from random import Random

from onroll.accounts.models import User
from onroll.audit.actions import acting
from onroll.cases.tasks import look_over
from onroll.clocks.tasks import raise_all
from onroll.demo.arrangements import arrange
from onroll.demo.council import ACTOR, Council, send_messages
from onroll.demo.directory import write_directory
from onroll.demo.movement import Year
from onroll.demo.officers import Officers
from onroll.demo.people import add_people
from onroll.demo.rolls import Lists, write_rolls
from onroll.demo.seals import seal_one
from onroll.demo.truth import FileTruth, Truth
from onroll.formats.gias import read_establishments
from onroll.formats.onspd import read_names, read_postcodes
from onroll.intake import actions as intake
from onroll.intake.tasks import take_through
from onroll.postcodes import actions as postcodes
from onroll.reports.actions import issue_weekly
from onroll.rules.hours import ENGLAND
from onroll.schools import actions as schools
from onroll.schools.queries import find_school

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
                self.council.live(day)
            self._take_in(day, files)
            self.tell("Weeks of files", n, len(days))
        if self.has_officers:
            with acting(actor=ACTOR):
                arrange(self.people, at=self.now)
                seal_one(self.people, at=self.now)

    def _at(self, day: date, hour: int) -> datetime:
        return min(datetime.combine(day, time(hour), ENGLAND), self.now)

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
                send_messages(at)
        raise_all(self._at(day, 3))
        look_over(self._at(day, 4))

    def _take_in(self, day: date, files: list[FileTruth]) -> None:
        for file in files:
            self._receive(self.folder / file.path, self._at(day, 16))
        if files and self.has_officers and day < self.now.date() - timedelta(days=3):
            chance = Random(f"{self.year.borough.seed} {day}")
            Officers(self.people, chance, self._at(day, 17), self._untrue).work()

    @cached_property
    def council(self) -> Council:
        """The council's people at their work on what they are told."""
        return Council(self.people, self.year, self.now)

    @cached_property
    def _untrue(self) -> frozenset[tuple[str, int]]:
        """Return the records whose school believed in a place that is not there: hash and number.

        Officers who ask at that place hear so; the demo's would otherwise confirm at random.
        """
        hashes = {file.path: file.sha256 for file in self.truth.files}
        untrue = {leaver.key for leaver in self.truth.leavers if leaver.is_false}
        rows = (row for row in self.truth.rows if row.event in untrue)
        return frozenset((hashes[row.file], row.index) for row in rows)


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
