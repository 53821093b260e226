"""The made-up officers plan enquiries, ask, chase, and write down what comes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.enquiries import actions
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.models import Enquiry
from onroll.enquiries.queries import steps_to_plan
from onroll.rules.enquiry_log import Act, EnquiryStage, Lead, Result

_WHOM = {
    "education_records": ("Pupil records team", "records"),
    "admissions": ("Ada Acheampong, Admissions", "email"),
    "sen": ("Special educational needs team", "email"),
    "social_care": ("Duty desk, children's services", "telephone"),
    "health": ("School nurses' office", "email"),
    "council_tax": ("Council tax team", "email"),
    "housing": ("Housing options team", "email"),
    "home_visit": ("", "visit"),
    "neighbours": ("The neighbour at the next house", "person"),
}
"""Whom the officers ask, and how, by step. Other steps stay planned."""
_QUESTIONS = {
    "home_visit": "Rang and knocked twice. Left a card with our number.",
    "neighbours": "When did you last see the family?",
}
_QUESTION = "Do you hold an address or a school later than September?"
_SEEN = (
    (Result.NOTHING_KNOWN, None, "The blinds are down, and nobody was seen for weeks.", 6),
    (Result.LEAD, Lead.ADDRESS, "They left with a van in October, and gave a new address.", 1),
)
"""What a visit or a neighbour tells; others answer from what they hold."""
_ANSWERS = (
    (Result.NOTHING_KNOWN, None, "We hold nothing later than you do.", 6),
    (Result.LEAD, Lead.ADDRESS, "A new address was given to us in the autumn.", 1),
    (Result.LEAD, Lead.SCHOOL, "The family asked about a school in another borough.", 1),
    (Result.DECLINED, None, "They ask for the request in writing first.", 1),
)
_LEFT_OUT = "The family never had a tenancy of the council, and pays rent to a landlord."
_CHASED = "No reply yet. Left a message with the team."


@dataclass
class Enquirer:
    """Officers who make the enquiries of their cases: not every one of them in time."""

    chance: Random

    def begin(self, case: Case, *, by: User, at: datetime) -> None:
        """Plan what the case asks for, leave out a step now and then, and ask the first few."""
        codes = [step.code for step in steps_to_plan(case)]
        left_out = ["housing"] if "housing" in codes and self.chance.random() < 0.2 else []
        actions.plan_enquiries(
            case=case,
            steps=[code for code in codes if code not in left_out],
            left_out=left_out,
            left_out_why=_LEFT_OUT if left_out else "",
            by=by,
            at=at,
        )
        for enquiry in self._some_of(case, EnquiryStage.PLANNED, 3):
            self._ask(enquiry, by=by, at=at)

    def go_on(self, case: Case, *, by: User, at: datetime) -> None:
        """Write down some answers, chase some of what is late, and ask somebody more."""
        waiting = case.enquiries.waiting().filter(step__in=list(_WHOM))
        for enquiry in waiting.order_by("pk"):
            luck = self.chance.random()
            if luck < 0.35:
                self._answer(enquiry, by=by, at=at)
            elif luck < 0.5 and enquiry.deadlines.overdue(at=at).exists():
                facts = EntryFacts(on=at.date(), words=_CHASED, method="telephone")
                actions.add_entry(enquiry=enquiry, act=Act.CHASE, facts=facts, by=by, at=at)
        for enquiry in self._some_of(case, EnquiryStage.PLANNED, 1):
            self._ask(enquiry, by=by, at=at)

    def _some_of(self, case: Case, stage: EnquiryStage, number: int) -> list[Enquiry]:
        rows = case.enquiries.filter(stage=stage.value, step__in=list(_WHOM)).order_by("pk")
        return list(rows[:number])

    def _ask(self, enquiry: Enquiry, *, by: User, at: datetime) -> None:
        name, method = _WHOM[enquiry.step]
        facts = EntryFacts(
            on=at.date(),
            name=name,
            method=method,
            words=_QUESTIONS.get(enquiry.step, _QUESTION),
            chase_on=at.date() + timedelta(days=7),
        )
        actions.add_entry(enquiry=enquiry, act=Act.ASK, facts=facts, by=by, at=at)

    def _answer(self, enquiry: Enquiry, *, by: User, at: datetime) -> None:
        answers = _SEEN if enquiry.step in _QUESTIONS else _ANSWERS
        weights = [weight for *_, weight in answers]
        result, lead, words, _ = self.chance.choices(answers, weights=weights)[0]
        name, method = _WHOM[enquiry.step]
        facts = EntryFacts(
            on=at.date(), name=name, method=method, words=words, result=result, lead=lead
        )
        actions.add_entry(enquiry=enquiry, act=Act.ANSWER, facts=facts, by=by, at=at)
