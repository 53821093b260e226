"""Those who take children on in the made-up council: the lead officer, the deputy, the manager."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.demo.fates import fates_of
from onroll.demo.reception import Reception
from onroll.demo.referrals import Reported
from onroll.demo.turns import Delay, is_turn
from onroll.demo.worries import Situation
from onroll.referrals import actions, queries
from onroll.referrals.models import ReferredChild
from onroll.rules import pathway

_BACK = "The address cannot be right: please ask who referred where the child lives."
_BECAUSE = "Referred: not on any roll that we know of."


@dataclass
class Lead:
    """Who accepts what the hub hands over. `made` are the keys of the records made for that."""

    people: dict[str, User]
    chance: Random
    reception: Reception
    made: set[int] = field(default_factory=set)

    def work(self, *, at: datetime) -> None:
        """Accept what waits, read it, or give it back; close the case of a child who was found."""
        takers = [self.people[name] for name in ("olive", "lena", "max")]
        for decision in queries.hand_overs(takers[0]):
            referral, since = decision.entry.referral, decision.at
            delay = self.reception.delays.get(referral.ref, Delay.NOBODY)
            for by in takers:
                if is_turn(by, referral, delay, since=since, at=at, chance=self.chance):
                    self._answer(decision.entry, by=by, at=at)
                    break
        self._close_found(at)

    def _answer(self, entry: ReferredChild, *, by: User, at: datetime) -> None:
        """Accept a child as the one it is, read of a case's own, or give it back.

        A new record is made only of a child who is on none.
        """
        if entry.known_case is not None and entry.decision and entry.decision.by_id is None:
            actions.read_by_worker(entry=entry, by=entry.known_case.owner or by, at=at)
            return
        reported = self.reception.meant(entry)
        match = self.reception.match(entry, by=by, on=at.date())
        is_unclear = match is None and self.reception.is_on_record(entry)
        is_first_time = entry.decisions.count() == 1
        if reported is None or is_unclear or (is_first_time and self.chance.random() < 0.12):
            actions.turn_back(entry=entry, why=_BACK, by=by, at=at)
            return
        child = match.child if match else _new(reported, entry)
        case = actions.accept_child(entry=entry, child=child, because=_BECAUSE, by=by, at=at)
        self.reception.identity.note(reported.child, case.child)
        if match is None:
            self.made.add(case.child_id)

    def _close_found(self, at: datetime) -> None:
        """Close now and then the case of a child new to the borough who is at school elsewhere."""
        entries = ReferredChild.objects.filter(
            case__closed_on__isnull=True,
            case__child__in=self.made,
            case__opened_on__lt=at.date() - timedelta(days=4),
        )
        for entry in entries.select_related("case__owner", "case__child", "referral"):
            reported = self.reception.meant(entry)
            is_new = reported is not None and reported.situation is Situation.UNRECORDED
            if is_new and entry.case and self.chance.random() < 0.04:
                self._close(entry.case, at)

    def _close(self, case: Case, at: datetime) -> None:
        by, on = case.owner or self.people["olive"], at.date()
        if case.stage == pathway.Stage.REPORTED.value:
            why = "Rang the schools over the boundary."
            case = casework.move_case(case=case, move=pathway.START, why=why, at=at, by=by)
        with suppress(casework.FactsRefused):
            casework.close_case(
                case=case,
                outcome="on_roll",
                facts={
                    "school": "Inglenook Primary School, Watford",
                    "starts_on": on - timedelta(days=3),
                    "attended_on": on - timedelta(days=3),
                    "confirmed_by": "Mrs Office, the school’s office",
                    "confirmed_how": "telephone",
                    "confirmed_on": on,
                },
                why="The school’s office confirms that the child attends.",
                fates=fates_of(case),
                by=by,
                at=at,
            )


def _new(reported: Reported, entry: ReferredChild) -> ChildFacts:
    """Return what an officer writes down of a child who is on no record."""
    return ChildFacts(
        forename=entry.forename or ("" if entry.surname else reported.child.forename),
        surname=entry.surname,
        born_on=entry.born_on,
        sex=reported.child.sex,
        addresses=(AddressFacts(lines=(entry.home,)),) if entry.home else (),
    )
