"""Other authorities ask the made-up council on S2S after missing pupils, and it answers them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.advice import actions as advice
from onroll.advice import queries
from onroll.advice.actions import MessageAnswer, MessageFacts
from onroll.advice.models import PupilMessage
from onroll.children.models import Child
from onroll.demo.families import Child as Pupil
from onroll.demo.movement import Year
from onroll.demo.turns import LATER
from onroll.rules.hours import ENGLAND
from onroll.rules.pupil_messages import PupilAnswer
from onroll.rules.refusal import Refused

_AUTHORITIES = ("304", "302", "312", "919", "203")
"""Brent, Barnet, Hillingdon, Hertfordshire and Greenwich."""
_WORDS = "Please check your records for this pupil, who has left our school without a word."
_EVERY_DAYS = 3
_OLD = timedelta(days=9)


@dataclass
class Askers:
    """Officers of other authorities, and those here who answer them."""

    people: dict[str, User]
    chance: Random
    year: Year
    _days: int = 0

    def ask(self, *, at: datetime, is_last: bool) -> None:
        """Let a message come in every few days; on the last day one more, and one that is late."""
        self._days += 1
        if is_last or self._days % _EVERY_DAYS == 0:
            self._ask(at, at.astimezone(ENGLAND).date())
        if is_last:
            self._ask(at, at.astimezone(ENGLAND).date() - _OLD)

    def answer(self, *, at: datetime) -> None:
        """Answer some of what has waited for some hours."""
        rows = PupilMessage.objects.waiting().filter(at__lt=at - LATER).order_by("pk")
        for message in rows:
            if self.chance.random() < 0.12:
                self._answer(message, at)

    def _ask(self, at: datetime, on: date) -> None:
        pupil = self.year.children[self.chance.choice(self.year.spells).child]
        is_whole, is_ours = self.chance.random() < 0.85, self.chance.random() < 0.7
        facts = MessageFacts(
            received_on=on,
            authority=self.chance.choice(_AUTHORITIES),
            contact="Bo Brown, officer for missing education",
            forename=pupil.forename,
            surname=pupil.surname if is_ours else "Elsewhere",
            born_on=pupil.born if is_whole else None,
            text=_text(pupil),
        )
        try:
            advice.keep_message(facts=facts, by=self.people["olive"], at=at)
        except Refused:  # the same pupil by chance, who is asked after already
            return

    def _answer(self, message: PupilMessage, at: datetime) -> None:
        by, on = self.people["olive"], at.astimezone(ENGLAND).date()
        sure = queries.possible(by, message, on=on).sure if message.says_enough else frozenset()
        child = Child.objects.filter(pk__in=sure).first() if len(sure) == 1 else None
        code = _chosen(child, sure, on=on)
        answer = MessageAnswer(answer=code, method="s2s", child=child)
        try:
            advice.answer_message(message=message, answer=answer, by=by, at=at)
        except Refused:  # something of the child is protected
            by_telephone = MessageAnswer(answer=PupilAnswer.BY_TELEPHONE, method="s2s")
            advice.answer_message(message=message, answer=by_telephone, by=by, at=at)


def _text(pupil: Pupil) -> str:
    return f"Forename: {pupil.forename}\nSurname: {pupil.surname}\n{_WORDS}"


def _chosen(child: Child | None, sure: frozenset[int], *, on: date) -> PupilAnswer:
    """Return the answer that holds of a child on record; of nobody, that nobody is known."""
    if child is None:
        return PupilAnswer.BY_TELEPHONE if sure else PupilAnswer.NOT_KNOWN
    ours = queries.our_child(child, sure=sure, on=on)
    if ours.has_open_case:
        return PupilAnswer.LOOKED_FOR
    return PupilAnswer.ON_ROLL if ours.school else PupilAnswer.PLACE_SOUGHT
