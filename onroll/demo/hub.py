"""The made-up hub's and lead officer's work on referrals, through the actions of the service."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from random import Random
from typing import TypeVar

from onroll.accounts.models import User
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Child
from onroll.demo.chance import Weighted
from onroll.demo.referring import ToldReferral
from onroll.referrals import actions, queries
from onroll.referrals.codes import Decision, Stage
from onroll.referrals.models import HubDecision, Referral, ReferredChild
from onroll.rules.grades import Grade
from onroll.rules.hours import ENGLAND
from onroll.rules.references import speakable
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import Checks
from onroll.schools.models import Authority

Item = TypeVar("Item", Referral, HubDecision)
NEXT_BOROUGH = "304"
OVER = (Stage.ACCEPTED.value, Stage.CLOSED.value)

ENOUGH = 60
"""Referrals that a check of the demo must have made."""
_DECISIONS = Weighted(
    {
        Decision.LEAD_OFFICER: 0.62,
        Decision.ADVICE: 0.1,
        Decision.NO_ACTION: 0.07,
        Decision.ATTENDANCE: 0.06,
        Decision.HOME_EDUCATION: 0.05,
        Decision.SOCIAL_CARE: 0.04,
        Decision.EARLY_HELP: 0.03,
        Decision.OTHER_AUTHORITY: 0.03,
    }
)
_WHY = {
    Decision.LEAD_OFFICER: "Not on any roll that we know of. Nothing says that the child is safe.",
    Decision.OPEN_CASE: "This child has an open case already.",
    Decision.ADVICE: "On a roll. The referrer was told to ring the school’s attendance officer.",
    Decision.NO_ACTION: "The school confirms that the child was there today.",
    Decision.ATTENDANCE: "On a roll and absent: attendance is looked after by the school and AIM.",
    Decision.HOME_EDUCATION: "The family says that they teach at home; it has to be looked at.",
    Decision.SOCIAL_CARE: "What is described is harm to a child, not missing education alone.",
    Decision.EARLY_HELP: "The family has asked for help with their housing.",
    Decision.OTHER_AUTHORITY: "The family lives in the next borough.",
}
_GRADES = Weighted({Grade.GREEN: 0.6, Grade.AMBER: 0.3, Grade.RED: 0.1})
_RECEIVERS = ("Pat Post", "R. Reception", "Mrs Front")


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
        for decision in self._some(queries.hand_overs(olive), before=at):
            self._answer(decision.entry, by=olive, at=at)
        for decision in self._some(queries.on_its_way(mo), before=at):
            self._enter_receipt(decision, by=mo, at=at)
        for referral in self._some(queries.hub_queue(mo, at=at), before=at):
            self._screen(referral, by=mo, at=at)

    def _some(self, waiting: Iterable[Item], *, before: datetime) -> list[Item]:
        """Return what waits since before the day; a few wait longer, as in life."""
        since = [(_since(item), item) for item in waiting]
        return [
            item for at, item in since if at.date() < before.date() and self.chance.random() < 0.85
        ]

    def _screen(self, referral: Referral, *, by: User, at: datetime) -> None:
        """Take a referral on, grade it, and decide about all its children."""
        if referral.stage == Stage.CONTACT.value:
            referral = actions.take_on(referral=referral, by=by, at=at)
        grade = _GRADES.draw(self.chance)
        why = "By what is told and what the records hold."
        actions.grade(referral=referral, grade=grade, why=why, urgent_why="", by=by, at=at)
        way = self._way(referral, by=by, at=at)
        checks = _checks(is_serious=grade is Grade.RED, at=at)
        actions.decide(referral=referral, way=way, checks=checks, by=by, at=at)

    def _way(self, referral: Referral, *, by: User, at: datetime) -> actions.Way:
        children = queries.children_of(referral)
        if len(children) == 1:
            matches = queries.likely(by, children[0], on=at.date())
            same = (match for match in matches if _is_same(children[0], match.child))
            case = next((match.case for match in same if match.case), None)
            if case is not None:
                why = _WHY[Decision.OPEN_CASE]
                return actions.Way(decision=Decision.OPEN_CASE, why=why, case=case)
        decision = _DECISIONS.draw(self.chance)
        is_elsewhere = decision is Decision.OTHER_AUTHORITY
        return actions.Way(
            decision=decision,
            why=_WHY[decision],
            authority=Authority.objects.get(code=NEXT_BOROUGH) if is_elsewhere else None,
            passed_how="To the duty team, by telephone."
            if decision is Decision.SOCIAL_CARE
            else "",
        )

    def _answer(self, entry: ReferredChild, *, by: User, at: datetime) -> None:
        """Accept a child, or give it back once in a while."""
        if entry.case is not None:
            actions.read_by_worker(entry=entry, by=by, at=at)
            return
        if self.chance.random() < 0.06:
            why = "The address is in Brent. Please ask their officer first."
            actions.turn_back(entry=entry, why=why, by=by, at=at)
            return
        matches = queries.likely(by, entry, on=at.date())
        child = next((m.child for m in matches if _is_same(entry, m.child)), None)
        because = "Referred: not on any roll that we know of."
        actions.accept_child(entry=entry, child=child or _new(entry), because=because, by=by, at=at)

    def _enter_receipt(self, decision: HubDecision, *, by: User, at: datetime) -> None:
        if decision.receipt_on is None:
            name = self.chance.choice(_RECEIVERS)
            actions.enter_receipt(decision=decision, name=name, on=at.date(), by=by, at=at)
            return
        actions.enter_outcome(decision=decision, words="Back at school since.", by=by, at=at)


def _since(item: Referral | HubDecision) -> datetime:
    return item.sent_at if isinstance(item, Referral) else item.at


def _checks(*, is_serious: bool, at: datetime) -> Checks:
    """Return what the hub found: calm, or a serious concern for which it rang first."""
    return Checks(
        is_whereabouts_known=True,
        risk=RiskAnswer.YES if is_serious else RiskAnswer.NO,
        greater_risks=("crime",) if is_serious else (),
        is_serious=is_serious,
        has_social_worker=False,
        call_with="The duty officer" if is_serious else "",
        call_at=at if is_serious else None,
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
    """Count by reference where each referral is; *lost* is what nobody can see any more.

    Accepted is a referral of which a child was taken on by name or joined to an open case. Turned
    back with a route is one that was sent on and received elsewhere, or ended with advice or a
    reason.
    """
    refs = list(sent)
    stages = dict(Referral.objects.filter(ref__in=refs).values_list("ref", "stage"))
    over = {ref for ref, stage in stages.items() if stage in OVER}
    standing = HubDecision.objects.standing().filter(entry__referral__ref__in=over)
    has_case = standing.filter(entry__case__isnull=False)
    accepted = set(has_case.values_list("entry__referral__ref", flat=True))
    return ReferralFigures(
        made=len(refs),
        accepted=len(accepted),
        turned_back=len(over - accepted),
        waiting=len(stages) - len(over),
        lost=len(refs) - len(stages),
    )
