"""The made-up council's days beside the files: what people tell it, and what is done about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial

from onroll.accounts.models import User
from onroll.audit.actions import acting
from onroll.demo.askers import Askers
from onroll.demo.case_audits import Auditor
from onroll.demo.cautions import Careful
from onroll.demo.chance import stream
from onroll.demo.correspondence import Correspondent
from onroll.demo.desks import Desks
from onroll.demo.diligence import Diligence
from onroll.demo.enquiries import Enquirer
from onroll.demo.followers import Followers
from onroll.demo.hub import Hub
from onroll.demo.identity import Identity
from onroll.demo.lead import Lead
from onroll.demo.managing import Managing
from onroll.demo.meetings import Chair
from onroll.demo.movement import Year
from onroll.demo.partners import add_partners
from onroll.demo.reception import Reception
from onroll.demo.record import Clerk
from onroll.demo.referrals import Report, draw_reports
from onroll.demo.sharing import Sharer
from onroll.demo.sightings import Witness
from onroll.messages.actions import deliver
from onroll.messages.kinds import Letter
from onroll.messages.models import Way
from onroll.messages.queries import to_send
from onroll.referrals.tasks import look_over
from onroll.rules.hours import ENGLAND

ACTOR = "demo"
_ROUNDS = (time(8, 40), time(10, 30), time(12, 30), time(14, 30), time(16, 40))
"""When those on duty look at what waits, on a working day."""
_NIGHT = (time(0), time(2))
"""When it is made by night: what a day left undone is passed on as the day ends (P15)."""
_WATCHES = (time(9), time(18))
"""When the worker's round is made in the story, on other days."""
Event = tuple[datetime, int, Callable[[], None]]


@dataclass
class Council:
    """Everyone who tells the council of a child, and everyone who does something about it."""

    people: dict[str, User]
    year: Year
    now: datetime
    reception: Reception = field(init=False)
    lead: Lead = field(init=False)

    def __post_init__(self) -> None:
        people, seed = self.people, self.year.borough.seed
        identity = Identity(self.year)
        self.reception = Reception(people, stream(seed, "reception"), identity)
        self.lead = Lead(people, stream(seed, "lead"), self.reception)
        self._hub = Hub(people, stream(seed, "hub"), self.reception)
        self._followers = Followers(people, stream(seed, "followers"), self.reception)
        self._diligence = Diligence(stream(seed, "diligence"), Enquirer(stream(seed, "enquiries")))
        self._managing = Managing(people, stream(seed, "managing"))
        self._sharer = Sharer(stream(seed, "sharing"))
        self._careful = Careful(stream(seed, "cautions"))
        self._clerk = Clerk(stream(seed, "record"))
        self._letters = Correspondent(stream(seed, "letters"))
        self._chair = Chair(people, stream(seed, "meetings"))
        self._auditor = Auditor(people, stream(seed, "case audits"))
        self._witness = Witness(stream(seed, "sightings"))
        self._askers = Askers(people, stream(seed, "askers"), self.year)
        self._reports = draw_reports(self.year, now=self.now)
        opened_at = datetime.combine(self.year.borough.opens_on, time(8, 30), ENGLAND)
        with acting(actor=ACTOR):
            codes = add_partners(people, at=min(opened_at, self.now))
        self._desks = Desks(people, stream(seed, "desks"), self.year, codes)

    def live(self, day: date) -> None:
        """Live one day, in the order of its hours, as far as now."""
        events: list[Event] = [
            (report.at, 0, partial(self._receive, report))
            for report in self._reports
            if report.at.astimezone(ENGLAND).date() == day
        ]
        for hour in _NIGHT:
            at = datetime.combine(day, hour, ENGLAND)
            events.append((at, 0, partial(self._pass_on, at)))
        is_working_day = day.weekday() < 5
        hours = _ROUNDS[:2] if day == self._last_working_day else _ROUNDS
        for number, hour in enumerate(hours if is_working_day else _WATCHES):
            at = datetime.combine(day, hour, ENGLAND)
            events.append((at, 1, partial(self._watch, at)))
            if is_working_day:
                events.append((at, 2, partial(self._work, at, is_first=number == 0)))
        for at, _, act in sorted(events, key=lambda event: event[:2]):
            if at <= self.now:
                act()

    @cached_property
    def _last_working_day(self) -> date:
        """Return the day whose afternoon nobody has worked yet, so that something is left."""
        today = self.now.astimezone(ENGLAND).date()
        return today - timedelta(days=max(0, today.weekday() - 4))

    def _receive(self, report: Report) -> None:
        with acting(actor=ACTOR):
            self.reception.receive(report)

    def _pass_on(self, at: datetime) -> None:
        """Make the worker's round of the night: what waits too long is passed on and told."""
        look_over(at)
        with acting(actor=ACTOR):
            send_messages(at)

    def _watch(self, at: datetime) -> None:
        """Make the worker's rounds: what waits too long is passed on, and messages are sent."""
        look_over(at)
        with acting(actor=ACTOR):
            self._followers.work(at=at)
            send_messages(at)

    def _work(self, at: datetime, *, is_first: bool) -> None:
        with acting(actor=ACTOR):
            if is_first:
                is_last = at.date() == self._last_working_day
                self._desks.ask(at=at, is_last=is_last)
                self._askers.ask(at=at, is_last=is_last)
            self._hub.work(at=at)
            self.lead.work(at=at)
            self._diligence.work(at=at)
            if is_first:
                self._managing.work(at=at, is_last=at.date() == self._last_working_day)
                self._sharer.work(at=at)
                self._careful.work(at=at)
                self._clerk.work(at=at)
                self._auditor.work(at=at)
                self._letters.work(at=at)
            self._chair.work(at=at)
            self._witness.tell(at=at)
            self._desks.answer(at=at)
            self._askers.answer(at=at)


def send_messages(at: datetime) -> None:
    """Send what lies in the outbox: in the made-up past, each message arrived."""
    for message_id in to_send(at=at):
        deliver(message_id=message_id, send=_arrives, at=at)


def _arrives(_letter: Letter, _way: Way, _address: str) -> None:
    """Deliver a message to nobody."""
