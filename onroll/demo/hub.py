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
from onroll.referrals.codes import Decision, Stage
from onroll.referrals.models import Referral, ReferredChild
from onroll.rules.hours import ENGLAND
from onroll.rules.references import speakable

ENOUGH = 60
"""Referrals that a check of the demo must have made."""
_DECISIONS = Weighted(
    {
        Decision.LEAD_OFFICER: 0.74,
        Decision.ADVICE: 0.14,
        Decision.NO_ACTION: 0.12,
    }
)
_WHY = {
    Decision.LEAD_OFFICER: "Not on any roll that we know of. Nothing says that the child is safe.",
    Decision.OPEN_CASE: "This child has an open case already.",
    Decision.ADVICE: "On a roll. The referrer was told to ring the school’s attendance officer.",
    Decision.NO_ACTION: "The school confirms that the child was there today.",
}


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
        for referral in self._earlier(queries.queue(olive, queries.ACCEPT), at.date()):
            self._answer(referral, by=olive, at=at)
        for referral in self._earlier(queries.queue(mo, queries.HUB), at.date()):
            if referral.stage == Stage.CONTACT.value:
                actions.take_on(referral=referral, by=mo, at=at)
            self._decide(referral, by=mo, at=at)

    def _earlier(self, waiting: Iterable[Referral], on: date) -> list[Referral]:
        """Return what waits since before a day; a few wait longer, as in life."""
        return [r for r in waiting if r.sent_at.date() < on and self.chance.random() < 0.85]

    def _decide(self, referral: Referral, *, by: User, at: datetime) -> None:
        decision, case = _DECISIONS.draw(self.chance), None
        children = queries.children_of(referral)
        if len(children) == 1:
            matches = queries.likely(by, children[0], on=at.date())
            case = next(
                (m.case for m in matches if _is_same(children[0], m.child) and m.case), None
            )
        if case is not None:
            decision = Decision.OPEN_CASE
        why = _WHY[decision]
        actions.decide(referral=referral, decision=decision, why=why, by=by, at=at, case=case)

    def _answer(self, referral: Referral, *, by: User, at: datetime) -> None:
        """Accept each child of a referral, or give it back once in a while."""
        if self.chance.random() < 0.06:
            why = "The address is in Brent. Please ask their officer first."
            actions.turn_back(referral=referral, why=why, by=by, at=at)
            return
        for entry in queries.children_of(referral):
            matches = queries.likely(by, entry, on=at.date())
            child = next((m.child for m in matches if _is_same(entry, m.child)), None)
            because = "Referred: not on any roll that we know of."
            actions.accept_child(
                entry=entry, child=child or _new(entry), because=because, by=by, at=at
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
    joined = set(
        Referral.objects.filter(ref__in=refs, decision=Decision.OPEN_CASE.value).values_list(
            "ref", flat=True
        )
    )
    accepted = {ref for ref, stage in stages.items() if stage == Stage.ACCEPTED.value} | joined
    closed = {ref for ref, stage in stages.items() if stage == Stage.CLOSED.value} - joined
    return ReferralFigures(
        made=len(refs),
        accepted=len(accepted),
        turned_back=len(closed),
        waiting=len(stages) - len(accepted) - len(closed),
        lost=len(refs) - len(stages),
    )
