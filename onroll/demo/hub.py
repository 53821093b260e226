"""The made-up hub's and lead officer's work on referrals, through the actions of the service."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random

from onroll.accounts.models import User
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Child
from onroll.demo.chance import Weighted
from onroll.demo.referring import ToldReferral
from onroll.referrals import actions, queries
from onroll.referrals.actions import Way
from onroll.referrals.codes import Decision, Stage
from onroll.referrals.models import HubDecision, Referral, ReferredChild
from onroll.rules.grades import Grade
from onroll.rules.hours import ENGLAND
from onroll.rules.references import speakable
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import Checks

ENOUGH = 60
"""Referrals that a check of the demo must have made."""
_DECISIONS = Weighted(
    {
        Decision.LEAD_OFFICER: 0.66,
        Decision.ADVICE: 0.12,
        Decision.NO_ACTION: 0.1,
        Decision.ATTENDANCE: 0.06,
        Decision.SOCIAL_CARE: 0.03,
        Decision.EARLY_HELP: 0.03,
    }
)
_WHY = {
    Decision.LEAD_OFFICER: "Not on any roll that we know of. Nothing says that the child is safe.",
    Decision.OPEN_CASE: "This child has an open case already.",
    Decision.ADVICE: "On a roll. The referrer was told to ring the school’s attendance officer.",
    Decision.NO_ACTION: "The school confirms that the child was there today.",
    Decision.ATTENDANCE: "On a roll and known to be at home; absent since half term.",
    Decision.SOCIAL_CARE: "What was told of the home goes to the duty team first.",
    Decision.EARLY_HELP: "The family asks for help with the mornings.",
}
_GRADES = Weighted({Grade.RED: 0.1, Grade.AMBER: 0.3, Grade.GREEN: 0.6})


@dataclass
class Hub:
    """The hub and who takes children on. `sent` are the references that senders were given."""

    people: dict[str, User]
    chance: Random
    sent: list[str] = field(default_factory=list)

    def receive(self, told: Iterable[ToldReferral], *, latest: datetime) -> None:
        """Keep what was sent on a day, each at an hour of it, none later than `latest`."""
        for n, referral in enumerate(told):
            at = datetime.combine(referral.on, time(9 + n % 8, 7 * n % 60), ENGLAND)
            ref = speakable()
            actions.refer(ref=ref, facts=referral.facts, by=None, at=min(at, latest))
            self.sent.append(ref)

    def work(self, *, at: datetime) -> None:
        """Decide about what came on earlier days and take on what was handed over; not all."""
        mo, olive = self.people["mo"], self.people["olive"]
        for decision in self._some(queries.hand_overs(olive), at.date()):
            self._answer(decision.entry, by=olive, at=at)
        for decision in self._some(queries.on_its_way(mo), at.date()):
            self._hear(decision, by=mo, at=at)
        for referral in queries.hub_queue(mo, at=at):
            if self._is_turn(referral.sent_at, at.date()):
                self._decide(referral, by=mo, at=at)

    def _some(self, waiting: Iterable[HubDecision], on: date) -> list[HubDecision]:
        """Return what waits since before a day; a few wait longer, as in life."""
        return [decision for decision in waiting if self._is_turn(decision.at, on)]

    def _is_turn(self, since: datetime, on: date) -> bool:
        return since.date() < on and self.chance.random() < 0.85

    def _decide(self, referral: Referral, *, by: User, at: datetime) -> None:
        if referral.stage == Stage.CONTACT.value:
            referral = actions.take_on(referral=referral, by=by, at=at)
            grade = _GRADES.draw(self.chance)
            referral = actions.grade(
                referral=referral, grade=grade, why="", urgent_why="", by=by, at=at
            )
        decision, case = _DECISIONS.draw(self.chance), None
        children = queries.children_of(referral)
        if len(children) == 1:
            matches = queries.likely(by, children[0], on=at.date())
            case = next(
                (m.case for m in matches if _is_same(children[0], m.child) and m.case), None
            )
        if case is not None:
            decision = Decision.OPEN_CASE
        how = "To the duty team, in their own system" if decision is Decision.SOCIAL_CARE else ""
        way = Way(decision=decision, why=_WHY[decision], case=case, passed_how=how)
        checks = _checks(referral, rang=self.people["olive"], by=by, at=at)
        actions.decide(referral=referral, way=way, checks=checks, by=by, at=at)

    def _answer(self, entry: ReferredChild, *, by: User, at: datetime) -> None:
        """Accept a child that was handed over, or give it back once in a while."""
        if self.chance.random() < 0.06:
            why = "The address is in Brent. Please ask their officer first."
            actions.turn_back(entry=entry, why=why, by=by, at=at)
            return
        matches = queries.likely(by, entry, on=at.date())
        child = next((m.child for m in matches if _is_same(entry, m.child)), None)
        because = "Referred: not on any roll that we know of."
        actions.accept_child(entry=entry, child=child or _new(entry), because=because, by=by, at=at)

    def _hear(self, decision: HubDecision, *, by: User, at: datetime) -> None:
        """Enter who has a child that was sent on, and later what came of it."""
        if decision.asks_what_came_of_it:
            words = "The attendance officer visited. The child is back at school."
            actions.enter_outcome(decision=decision, words=words, by=by, at=at)
        else:
            name = "Duty officer of the team"
            actions.enter_receipt(decision=decision, name=name, on=at.date(), by=by, at=at)


def _checks(referral: Referral, *, rang: User, by: User, at: datetime) -> Checks:
    """Return what the demo's hub checked: of an urgent referral the worst, of others nothing."""
    is_urgent = referral.is_urgent
    return Checks(
        is_whereabouts_known=not is_urgent,
        risk=RiskAnswer.NOT_SURE if is_urgent else RiskAnswer.NO,
        greater_risks=("physical_harm",) if is_urgent else (),
        is_serious=is_urgent,
        has_social_worker=False,
        call_with=rang.name if is_urgent else "",
        call_at=at if is_urgent else None,
        police_by=by.name if is_urgent else "",
        police_reference=f"CAD {referral.pk}" if is_urgent else "",
    )


def _is_same(entry: ReferredChild, child: Child) -> bool:
    """Return whether the demo's officers would be sure: surname and birthday are the same."""
    return bool(entry.born_on) and (entry.surname, entry.born_on) == (child.surname, child.born_on)


def _new(entry: ReferredChild) -> ChildFacts:
    return ChildFacts(
        forename=entry.forename or ("" if entry.surname else "Not known"),
        surname=entry.surname,
        born_on=entry.born_on,
        sex="U",
        addresses=(AddressFacts(lines=(entry.home,)),) if entry.home else (),
    )


@dataclass(frozen=True)
class ReferralFigures:
    """What became of all referrals that somebody was given a reference for."""

    made: int
    accepted: int
    turned_back: int
    waiting: int
    lost: int

    @property
    def is_right(self) -> bool:
        """Return whether there are enough of each kind, none is lost, and the sum is whole."""
        parts = (self.accepted, self.turned_back, self.waiting)
        return self.made >= ENOUGH and all(parts) and not self.lost and sum(parts) == self.made


def check_referrals(sent: Iterable[str]) -> ReferralFigures:
    """Count by reference where each referral is; *lost* is what nobody can see any more."""
    refs = list(sent)
    stages = dict(Referral.objects.filter(ref__in=refs).values_list("ref", "stage"))
    to_cases = HubDecision.objects.standing().filter(decision=Decision.OPEN_CASE.value)
    ref_of = "entry__referral__ref"
    joined = set(to_cases.filter(**{f"{ref_of}__in": refs}).values_list(ref_of, flat=True))
    accepted = {ref for ref, stage in stages.items() if stage == Stage.ACCEPTED.value} | joined
    closed = {ref for ref, stage in stages.items() if stage == Stage.CLOSED.value} - joined
    return ReferralFigures(
        made=len(refs),
        accepted=len(accepted),
        turned_back=len(closed),
        waiting=len(stages) - len(accepted) - len(closed),
        lost=len(refs) - len(stages),
    )
