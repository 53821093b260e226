"""What else comes to the made-up council's desks: families that ask for places, schools that ask
for further checks, questions about a roll, reports for home education, and what is no referral."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.admissions import actions as admissions
from onroll.admissions.models import RECEIVERS, Family
from onroll.advice import actions as advice
from onroll.advice.actions.further_checks import CheckFacts
from onroll.advice.models import FurtherCheck
from onroll.advice.queries import Asker
from onroll.agencies.models import Code
from onroll.cases.queries import Typed
from onroll.demo.families import Child
from onroll.demo.families import Family as Household
from onroll.demo.movement import Year
from onroll.demo.turns import LATER
from onroll.referrals import actions as referrals
from onroll.referrals.facts import StartWords
from onroll.referrals.models import HomeEducationReport
from onroll.rules.further_checks import Outcome, Wanted
from onroll.rules.roll_question import Purpose
from onroll.rules.start_records import PROOFS, Kind
from onroll.schools.queries import school_of

_ANSWERS = (
    (Outcome.EDUCATED, "A school in Kent confirms that the child has been there since Monday."),
    (Outcome.NOT_FOUND, "Neither Admissions nor the council the family named knows of them."),
    (Outcome.LOCATED, "The family lives with a grandmother over the boundary. Ring her first."),
)
_WANTED = ((Wanted.NEW_SCHOOL,), (Wanted.NEW_ADDRESS, Wanted.OTHER_AUTHORITY), (Wanted.ABROAD,))
_REMARKS = ("Moved here last week.", "Asks for a place for both children.", "")
_WORDS = {
    "school": "Harebell Academy, Watford",
    "authority": "Watford",
    "person": "Mrs Clerk, its office",
    "officer": "Mr Lead, Watford",
    "country": "Portugal",
    "evidence": "The tickets, and a letter of the school there",
    "place": "At home, with a broken leg",
    "time": "10:15am",
    "advice": "Send the form as well. A social worker goes there today.",
}
_EVERY_DAYS = {"family": 3, "check": 5, "question": 2, "start": 4}
"""On every so manyth working day one more of each comes."""


@dataclass
class Desks:
    """Who asks and who answers, day by day. `codes` are those given to people of agencies."""

    people: dict[str, User]
    chance: Random
    year: Year
    codes: Sequence[Code]
    _days: int = 0
    _kinds: list[Kind] = field(default_factory=lambda: list(Kind))

    def ask(self, *, at: datetime, is_last: bool) -> None:
        """Let what comes in on one day come in; on the last day something of each kind."""
        self._days += 1
        asks = {
            "family": self._bring_family,
            "check": self._ask_for_checks,
            "question": self._ask_about_roll,
            "start": self._write_start_record,
        }
        for number, (name, ask) in enumerate(asks.items()):
            if is_last or (self._days + number) % _EVERY_DAYS[name] == 0:
                ask(at + timedelta(minutes=7 * number))

    def answer(self, *, at: datetime) -> None:
        """Answer what has waited for some hours; some of it a little later."""
        for name in ("ada", "olive"):
            self._take_note(self.people[name], at)
        for check in FurtherCheck.objects.waiting().filter(sent_at__lt=at - LATER):
            if self.chance.random() < 0.12:
                outcome, answer = self.chance.choice(_ANSWERS)
                by = self.people["olive"]
                advice.answer_check(check=check, outcome=outcome, answer=answer, by=by, at=at)
        self._receive_reports(at)

    def _receive_reports(self, at: datetime) -> None:
        """Receive some reports for home education; the newest waits still."""
        waiting = HomeEducationReport.objects.filter(received_at=None).order_by("at")
        newest = waiting.last()
        for report in waiting.filter(at__lt=at - LATER):
            if report != newest and self.chance.random() < 0.04:
                referrals.receive_report(report=report, by=self.people["hal"], at=at)

    def _take_note(self, by: User, at: datetime) -> None:
        receiver = RECEIVERS[Role(by.role or "")]
        waiting = Family.objects.without_receipt(receiver).filter(sent_at__lt=at - LATER)
        for family in waiting.order_by("pk"):
            if self.chance.random() < 0.3:
                remark = "Applied today." if by.name.startswith("Ada") else ""
                admissions.take_note(family=family, receiver=receiver, remark=remark, by=by, at=at)

    def _bring_family(self, at: datetime) -> None:
        household = self.chance.choice(list(self.year.families.values()))
        adult = household.adults[0]
        admissions.tell_of_family(
            facts={
                "adult": f"{adult.forename} {adult.surname}",
                "phone": adult.phones[0][1] if adult.phones else "020 7946 0001",
                "email": adult.email,
                "how": self.chance.choice(["in_person", "telephone", "email"]),
                "remark": self.chance.choice(_REMARKS),
            },
            children=[
                admissions.ChildFacts(child.forename, child.surname, child.born)
                for child in self._children(household)[:2]
            ],
            by=self.people[self.chance.choice(["sam", "tess", "sen", "olive"])],
            at=at,
        )

    def _children(self, household: Household) -> list[Child]:
        return [self.year.children[key] for key in household.children]

    def _ask_for_checks(self, at: datetime) -> None:
        by = self.people[self.chance.choice(["sam", "tess"])]
        school = school_of(by)
        if school is None:
            return
        pupils = [s.child for s in self.year.borough.spells if s.school == school.number]
        child = self.year.children[self.chance.choice(pupils)]
        facts = CheckFacts(
            forename=child.forename,
            surname=child.surname,
            born_on=child.born,
            last_attended_on=at.date() - timedelta(days=6),
            wanted=tuple(wanted.value for wanted in self.chance.choice(_WANTED)),
            account="The parents say that they move, and show nothing of a new school or home.",
        )
        advice.ask_for_checks(facts=facts, school=school, by=by, at=at)

    def _ask_about_roll(self, at: datetime) -> None:
        """Ask by a code and signed in, in turn, about a child of the borough or another."""
        child = self.year.children[self.chance.choice(self.year.spells).child]
        code = self.chance.choice(list(self.codes)) if self._days % 4 else None
        user = None if code else self.people[self.chance.choice(["sen", "sam", "mo"])]
        surname = child.surname if self.chance.random() < 0.8 else "Elsewhere"
        advice.answer_roll_question(
            typed=Typed(child.forename, surname, child.born),
            purpose=Purpose.HEALTH if code else Purpose.MET_CHILD,
            asker=Asker(user=user, code=code),
            at=at,
        )

    def _write_start_record(self, at: datetime) -> None:
        """Write down, of each kind in turn, why a child was not referred."""
        kind = self._kinds.pop(0)
        self._kinds.append(kind)
        child = self.year.children[self.chance.choice(self.year.borough.spells).child]
        day = (at - timedelta(days=1)).date().isoformat()
        referrals.write_start_record(
            words=StartWords(
                kind=kind,
                forename=child.forename,
                surname=child.surname,
                born_on=child.born,
                proofs={p.code: day if p.is_day else _WORDS[p.code] for p in PROOFS[kind]},
            ),
            by=self.people[self.chance.choice(["sam", "tess", "cat"])],
            at=at,
        )
